// jenkins.groovy JENKINSFILE EVENT ORIGIN COMMIT WORK: runs a declarative pipeline, its sections collected as Jenkins collects
// them: environment, when, agent, steps, post. EVENT is `change`, `release` or `rollback:NAME`. Each agent is a new clone.
// Every `sh` runs for real, and its exit code is a line `== STAGE [CELL] CODE` of the output. What it does not know is a fault.
def (file, event, origin, commit, work) = args
sections = ['agent', 'options', 'parameters', 'environment', 'when', 'steps', 'post', 'stages', 'matrix', 'parallel']
shelf = new File(work, 'stash')
count = 0
facts = [ROLLBACK: event.startsWith('rollback:') ? event.substring(9) : '']

// What a block says, section by section.
class Block {
    Map said = [:]; List names = []
    def methodMissing(String name, arguments) {
        def last = arguments ? arguments[-1] : null
        if (name in names) { said[name] = last instanceof Closure ? last : arguments.toList(); return }
        if (name == 'stage') { (said.stage = said.stage ?: []) << [arguments[0], last]; return }
        throw new MissingMethodException(name, Block, arguments)
    }
    def propertyMissing(String name) { name }
    def propertyMissing(String name, value) { said[name] = value }
}

def read(Closure body, List names, Map env) {
    def block = new Block(names: names)
    def copy = body.rehydrate(block, body.owner, body.thisObject)
    copy.resolveStrategy = Closure.DELEGATE_FIRST
    copy()
    block.said
}

// NAME = value
class Variables {
    Map env, own = [:]
    def propertyMissing(String name) { name == 'env' ? env : env[name] }
    def propertyMissing(String name, value) { own[name] = value.toString() }
    void setProperty(String name, value) { if (name in ['env', 'own']) { metaClass.setProperty(this, name, value) } else { own[name] = value.toString() } }
}

def variables(Closure body, Map env) {
    if (!body) { return env }
    def it = new Variables(env: env)
    def copy = body.rehydrate(it, body.owner, body.thisObject)
    copy.resolveStrategy = Closure.DELEGATE_FIRST
    copy()
    env + it.own
}

class Conditions {
    Map env, params; String event; boolean stands = true
    def holds(Closure body) {
        def inner = new Conditions(env: env, params: params, event: event)
        def copy = body.rehydrate(inner, body.owner, body.thisObject)
        copy.resolveStrategy = Closure.DELEGATE_FIRST
        copy()
        inner.stands
    }
    def branch(String name) { stands &= env.BRANCH_NAME == name }
    def changeRequest() { stands &= env.CHANGE_ID != null }
    def expression(Closure body) {
        def copy = body.rehydrate(this, body.owner, body.thisObject)
        copy.resolveStrategy = Closure.DELEGATE_FIRST
        stands &= copy() as boolean
    }
    def not(Closure body) { stands &= !holds(body) }
    def beforeAgent(boolean yes) { }
}

class Failed extends RuntimeException { Failed(String why) { super(why) } }

class Steps {
    Map env; File place, shelf; String origin, commit, label
    def checkout(scm) { }
    def getScm() { null }
    def sh(String script) {
        def process = ['sh', '-xe', '-c', script].execute(env.collect { key, value -> "$key=$value".toString() }, place)
        def said = new StringBuilder()
        process.waitForProcessOutput(said, said)
        println said.toString()
        println "== $label ${process.exitValue()} ${script.replaceAll(/\s+/, ' ').trim()}"
        if (process.exitValue()) { throw new Failed("$label: exit code ${process.exitValue()}") }
    }
    def stash(Map it) {
        def from = new File(place, it.includes)
        if (from.exists()) { new File(shelf, it.name).bytes = from.bytes; new File(shelf, it.name + '.path').text = it.includes }
        else if (!it.allowEmpty) { throw new Failed("nothing to stash: ${it.includes}") }
        else { new File(shelf, it.name + '.path').text = '' }
    }
    def unstash(String name) {
        def path = new File(shelf, name + '.path')
        if (!path.exists()) { throw new Failed("no stash $name") }
        if (!path.text) { return }
        def to = new File(place, path.text)
        to.parentFile.mkdirs()
        to.bytes = new File(shelf, name).bytes
    }
    def usernamePassword(Map it) { [(it.usernameVariable): 'somebody', (it.passwordVariable): 'password-' + it.credentialsId] }
    def string(Map it) { [(it.variable): it.credentialsId.endsWith('-argocd') ? 'read-only' : 'secret-' + it.credentialsId] }
    def withCredentials(List all, Closure body) {
        def bound = new Steps(env: all.inject(env) { sum, one -> sum + one }, place: place, shelf: shelf, origin: origin, commit: commit, label: label)
        bound.perform(body)
    }
    def junit(Map it) { println "kept: ${it.testResults}" }
    def archiveArtifacts(Map it) { println "kept: ${it.artifacts}" }
    def cleanWs() { }
    def perform(Closure body) {
        def copy = body.rehydrate(this, body.owner, body.thisObject)
        copy.resolveStrategy = Closure.DELEGATE_FIRST
        copy()
    }
}

shelf.mkdirs()
def workspace = {
    def place = new File(work, "workspace${count++}")
    ["git", "clone", "--quiet", origin, place.path].execute().waitFor()
    ["git", "-C", place.path, "checkout", "--quiet", commit].execute().waitFor()
    place
}
broken = false

def after(Closure body, Steps steps, boolean good) {
    if (!body) { return }
    def said = read(body, ['always', 'success', 'failure', 'cleanup'], steps.env)
    for (name in ['always', good ? 'success' : 'failure', 'cleanup']) {
        if (said[name]) {
            try { steps.perform(said[name]) } catch (Failed why) { println why.message; broken = true }
        }
    }
}

def stage
// A stage, as Jenkins runs it; whether it was good.
stage = { String name, Closure body, Map env, File place, String cell ->
    def said = read(body, sections, env)
    env = variables(said.environment, env)
    if (said.when) {
        def asked = new Conditions(env: env, params: facts, event: event)
        if (!asked.holds(said.when)) { println "-- $name skipped"; return true }
    }
    def label = cell ? "$name [$cell]" : name
    def good = true
    if (said.matrix) {
        def matrix = read(said.matrix, sections + ['axes'], env)
        def axis = [:]
        def collect = new Expando(axis: { Closure inner -> inner.rehydrate(new Expando(name: { axis.name = it }, values: { Object[] all -> axis.values = all.toList() }), inner.owner, inner.thisObject).with { it.resolveStrategy = Closure.DELEGATE_FIRST; it() } })
        matrix.axes.rehydrate(collect, matrix.axes.owner, matrix.axes.thisObject).with { it.resolveStrategy = Closure.DELEGATE_FIRST; it() }
        for (value in axis.values) {
            def own = env + [(axis.name): value]
            def here = workspace()
            own.WORKSPACE_TMP = here.path + '@tmp'
            def fine = true
            for (inner in read(matrix.stages, [], own).stage) { if (fine) { fine &= stage(inner[0], inner[1], own, here, value) } }
            after(matrix.post, new Steps(env: own, place: here, shelf: shelf, origin: origin, commit: commit, label: "$name [$value]"), fine)
            good &= fine
        }
        return good
    }
    if (said.agent) { place = workspace(); env = env + [WORKSPACE_TMP: place.path + '@tmp'] }
    def steps = new Steps(env: env, place: place, shelf: shelf, origin: origin, commit: commit, label: label)
    if (said.parallel || said.stages) {
        for (inner in read(said.parallel ?: said.stages, [], env).stage) {
            if (good || said.parallel) { good &= stage(inner[0], inner[1], env, place, cell) }
        }
    } else {
        try { steps.perform(said.steps) } catch (Failed why) { println why.message; good = false }
    }
    after(said.post, steps, good)
    good
}

def top = new Binding()
def shell = new GroovyShell(top)
def script = shell.parse(new File(file))
script.metaClass.pipeline = { Closure body ->
    // Parameters are variables of the steps, too.
    def env = System.getenv() + facts + [BRANCH_NAME: event == 'change' ? 'PR-5' : 'main'] + (event == 'change' ? [CHANGE_ID: '5', CHANGE_TARGET: 'main'] : [:])
    top.env = env
    top.params = facts
    def said = read(body, sections, env)
    env = variables(said.environment, env)
    for (one in read(said.stages, [], env).stage) {
        if (!broken && !stage(one[0], one[1], env, null, '')) { broken = true }
    }
}
script.metaClass.getNone = { 'none' }
script.run()
System.exit(broken ? 1 : 0)
