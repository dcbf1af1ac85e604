// step.groovy FILE NAME=VALUE...: runs a step of a shared library with stand-ins for the steps of Jenkins that it uses.

class Failed extends Exception { Failed(String why) { super(why) } }

def environment = [:]
def kept = []
def shell = new GroovyShell()
def step = shell.parse(new File(args[0]))
step.metaClass.error = { Object why -> throw new Failed(why.toString()) }
step.metaClass.withEnv = { List pairs, Closure body ->
    pairs.each { assert it instanceof String; environment[it.substring(0, it.indexOf('='))] = it.substring(it.indexOf('=') + 1) }
    body()
}
step.metaClass.sh = { Map given ->
    def file = File.createTempFile('step', '.sh')
    file.text = given.script
    def builder = new ProcessBuilder('sh', '-xe', file.path).inheritIO()
    builder.environment().putAll(environment)
    def code = builder.start().waitFor()
    file.delete()
    if (code != 0 && !given.returnStatus) { throw new Failed("script returned exit code ${code}") }
    code
}
step.metaClass.junit = { Map given -> kept << given.testResults }
step.metaClass.archiveArtifacts = { Map given -> kept << given.artifacts }
try {
    step.call(args.drop(1).collectEntries { it.split('=', 2) as List })
    println "kept: ${kept}"
} catch (Failed why) {
    println "failed: ${why.message}; kept: ${kept}"
    System.exit(1)
}
