//! The known formats of secrets, as a table. Examples are made up, and written in two pieces so that no scanner of
//! repositories takes them for real ones.

use super::check::{Check, any, filled, key, login, mixed, password, random};

/// A format in which secrets of one kind are written.
#[derive(Debug)]
pub struct Format {
    /// What it is, for findings.
    pub name: &'static str,
    /// Texts of small letters, one of which stands in every secret of the format, in letters of any size.
    pub keys: &'static [&'static str],
    /// The expression (syntax of the crate `regex`, without tables of Unicode); its first group, if it has one, is what
    /// must not be shown. `\b` is that of ASCII.
    pub pattern: &'static str,
    /// What else must be true of that.
    pub check: Check,
    /// Who says that secrets look so.
    pub source: &'static str,
    /// One that is found.
    pub example: &'static str,
}

const GITLEAKS: &str = "gitleaks, config/gitleaks.toml";
const DETECT: &str = "detect-secrets, detect_secrets/plugins";

const fn row(
    name: &'static str,
    keys: &'static [&'static str],
    pattern: &'static str,
    check: Check,
    source: &'static str,
    example: &'static str,
) -> Format {
    Format { name, keys, pattern, check, source, example }
}

/// All of them. Those that hold others stand first: of two that overlap the first is named.
#[rustfmt::skip]
pub static FORMATS: &[Format] = &[
    // Keys and texts that stand around them.
    row("a private key", &["private key"], r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?s:.*?)-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|[A-Za-z0-9+/=\\ \n\r]*)", any, "RFC 7468", concat!("-----BEGIN RSA PRIV", "ATE KEY-----\nMIIEpAIBAAKCAQEAx0\n-----END RSA PRIVATE KEY-----")),
    row("a private key in base64", &["ls0tls1crudjti"], r"\b(LS0tLS1CRUdJTi[A-Za-z0-9+/]{30,}={0,2})", key, "kubernetes.io, kubeconfig", concat!("LS0tLS1CRUdJTiBS", "U0EgUFJJVkFURSBLRVktLS0tLQpNSUlFcEFJQkFBS0NBUUVBeDAK")),
    row("a PuTTY private key", &["private-lines"], r"Private-Lines: [0-9]+((?s:.+))", any, "PuTTY, appendix C", concat!("Private-", "Lines: 1\nAAAAgQC7mVjPz0kd1rs7Yd2f")),
    row("an age key", &["age-secret-key-1"], r"AGE-SECRET-KEY-1[A-Z0-9]{40,}", any, GITLEAKS, concat!("AGE-SECRET-", "KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE")),
    row("a client key of a kubeconfig", &["client-key-data"], r#"client-key-data["']?:[ \t]*["']?([A-Za-z0-9+/]{20,}={0,2})"#, any, "kubernetes.io, kubeconfig", concat!("client-key-", "data: QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=")),
    row("a signed token", &["eyj"], r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}", any, "RFC 7519", concat!("eyJhbGciOiJIUzI1", "NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P")),
    row("a login of a Docker registry", &["auth"], r#"["']auth\\?["'][ \t]*:[ \t]*\\?["']([A-Za-z0-9+/]{8,}={0,2})"#, login, "docs.docker.com, config.json", concat!("\"au", "th\": \"dXNlcjpodW50ZXIyMg==\"")),
    row("credentials of a Basic header", &["basic"], r"\b(?i-u:basic)[ \t]+([A-Za-z0-9+/]{6,}={0,2})", login, "RFC 7617", concat!("Authorization: Bas", "ic dXNlcjpodW50ZXIyMg==")),
    row("a token of a Bearer header", &["bearer"], r"\b(?i-u:bearer)[ \t:]+([A-Za-z0-9_.~+/-]{10,}=*)", mixed, "RFC 6750", concat!("Authorization: Bea", "rer 7Fjfp0ZBr1KtDRbnfVdmIw")),
    row("a password in a URL", &["://"], r#"[A-Za-z][A-Za-z0-9+.-]*://[^/ \t\n\r:@?#"'<>]*:([^ \t\n\r@/"'<>]+)@"#, password, "RFC 3986, 3.2.1", concat!("postgres://app:", "hunter22@db.example/app")),
    row("a password of a netrc file", &["machine "], r"\bmachine [^\n]{1,200} password ([^ \t\n]{3,})", filled, "curl, .netrc", concat!("machine a.example login b ", "password hunter22")),
    // Clouds.
    row("an access key of AWS", &["akia", "asia", "abia", "acca"], r"\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})\b", any, GITLEAKS, concat!("AKIA", "IOSFODNN7QRSTUVW")),
    row("a secret key of AWS", &["aws"], r#"(?i-u:aws[a-z_ .-]{0,20}(?:key|secret)[a-z_ .-]{0,20})["' \t]{0,3}[:=]{1,2}["' \t]{0,3}([A-Za-z0-9/+]{40})"#, random, DETECT, concat!("aws_secret_access_", "key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz0123abcd")),
    row("a key of Google", &["aiza"], r"\b(AIza[0-9A-Za-z_-]{30,})", any, GITLEAKS, concat!("AIza", "SyD4x7Kj2mN9pQ1rS5tU8vW0yZ3bC6dE7fG")),
    row("a client secret of Google", &["gocspx-"], r"\bGOCSPX-[A-Za-z0-9_-]{20,}", any, "trufflehog, googleoauth2", concat!("GOCSPX-", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4")),
    row("an access token of Google", &["ya29."], r"\bya29\.[0-9A-Za-z_-]{20,}", any, DETECT, concat!("ya29.", "a0AfH6SMBx1y2z3a4b5c6d7e8f9g0")),
    row("a key of a Google service account", &["private_key_id"], r#"private_key_id\\?["']?[ \t]*[:=][ \t]*\\?["']?([0-9a-f]{40})"#, any, "cloud.google.com, service account keys", concat!("\"private_", "key_id\": \"0123456789abcdef0123456789abcdef01234567\"")),
    row("a key of an Azure account", &["accountkey", "sharedaccesskey"], r"(?i-u:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{12,}={0,2})", any, DETECT, concat!("DefaultEndpointsProtocol=https;AccountName=a;Account", "Key=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4eA==")),
    row("a shared access signature of Azure", &["sharedaccesssignature", "sig="], r#"(?:(?i-u:SharedAccessSignature)[= ]|[?&]sig=)([^ ;"'\t\n]{16,})"#, random, "learn.microsoft.com, SAS", concat!("SharedAccess", "Signature=sv=2024-01-01&sr=c&sig=Zm9vYmFyYmF6cXV4Zm9vYmFy1234")),
    row("a client secret of Azure", &["q~"], r"\b([a-zA-Z0-9_~.]{3}[0-9]Q~[a-zA-Z0-9_~.-]{31,34})", any, GITLEAKS, concat!("abc8", "Q~defghijklmnopqrstuvwxyz0123456789")),
    row("a key of Alibaba Cloud", &["ltai"], r"\bLTAI[A-Za-z0-9]{12,24}\b", mixed, GITLEAKS, concat!("LTAI", "4Fxyz1234abcd5678efg")),
    row("a token of DigitalOcean", &["doo_v1_", "dop_v1_", "dor_v1_"], r"\bdo[opr]_v1_[a-f0-9]{32,}", any, GITLEAKS, concat!("dop_v1_", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")),
    row("a key of Heroku", &["hrku-"], r"\bHRKU-[A-Za-z0-9_-]{20,}", any, GITLEAKS, concat!("HRKU-", "AAlQ1xLZ2k9bN8vM7cX6zA5sD4fG3hJ2kL1qW0eR9tY8")),
    row("a key of Heroku", &["heroku"], r#"(?i-u:heroku)[A-Za-z_ .-]{0,20}["' \t]{0,3}[:=]{1,2}["' \t]{0,3}([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"#, any, GITLEAKS, concat!("heroku_api_", "key: 12345678-abcd-4def-8abc-0123456789ab")),
    row("a token of Fly.io", &["fo1_", "fm1", "fm2"], r"\b(?:fo1_[A-Za-z0-9_-]{43}|fm[12][ar]?_[A-Za-z0-9+/]{80,}={0,2})", any, GITLEAKS, concat!("fo1_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V")),
    row("a key of Cloudflare", &["v1.0-"], r"\bv1\.0-[a-f0-9]{24}-[a-f0-9]{100,}", any, GITLEAKS, concat!("v1.0-", "0123456789abcdef01234567-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123")),
    row("a key of Cloudflare", &["cloudflare"], r#"(?i-u:cloudflare[a-z0-9_ .-]{0,20}(?:key|token))["' \t]{0,3}[:=]{1,2}["' \t]{0,3}([A-Za-z0-9_-]{37,64})"#, random, GITLEAKS, concat!("cloudflare_api_", "token = a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0")),
    row("a token of Databricks", &["dapi"], r"\bdapi[0-9a-f]{32}(?:-[0-9])?\b", any, GITLEAKS, concat!("dapi", "0123456789abcdef0123456789abcdef")),
    row("a token of Vault", &["hvs.", "hvb.", "hvr."], r"\bhv[sbr]\.[A-Za-z0-9_-]{20,}", any, GITLEAKS, concat!("hvs.", "CAESIJ1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0t")),
    row("a token of Terraform", &[".atlasv1."], r"\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{50,}", any, GITLEAKS, concat!("a1B2c3D4e5F6g7", ".atlasv1.a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1")),
    row("a token of Pulumi", &["pul-"], r"\bpul-[a-f0-9]{40}\b", any, GITLEAKS, concat!("pul-", "0123456789abcdef0123456789abcdef01234567")),
    row("a token of Doppler", &["dp.pt.", "dp.st.", "dp.ct.", "dp.sa."], r"\bdp\.(?:pt|st|ct|sa)\.[A-Za-z0-9._-]{40,}", any, GITLEAKS, concat!("dp.pt.", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V")),
    row("a token of 1Password", &["ops_eyj"], r"\bops_eyJ[A-Za-z0-9+/]{40,}={0,2}", any, GITLEAKS, concat!("ops_", "eyJzaWduSW5BZGRyZXNzIjoiYS4xcGFzc3dvcmQuY29tIiwidXNlckF1dGgiOnt9fQ==")),
    row("a key of Tailscale", &["tskey-"], r"\btskey-[a-z]+-[A-Za-z0-9-]{16,}", mixed, "tailscale.com, auth keys", concat!("tskey-", "auth-k1a2b3c4d5CNTRL-e6f7g8h9i0j1k2l3m4n5")),
    row("a password of PlanetScale", &["pscale_"], r"\bpscale_(?:tkn|pw|oauth)_[A-Za-z0-9=_.-]{30,}", any, GITLEAKS, concat!("pscale_", "pw_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V")),
    row("a key of Supabase", &["sbp_", "sb_secret_"], r"\b(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,})", any, "supabase.com, API keys", concat!("sbp_", "0123456789abcdef0123456789abcdef01234567")),
    row("a token of Netlify", &["nfp_"], r"\bnfp_[A-Za-z0-9]{30,}", any, "netlify.com, access tokens", concat!("nfp_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")),
    // Code and packages.
    row("a token of GitHub", &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], r"\bgh[pousr]_[A-Za-z0-9]{20,}", any, GITLEAKS, concat!("ghp_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")),
    row("a token of GitHub", &["github_pat_"], r"\bgithub_pat_[A-Za-z0-9_]{22,}", any, GITLEAKS, concat!("github_pat_", "11ABCDEFG0a1B2c3D4e5F6_g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g3H4i5J6k7")),
    row("a token of GitLab", &["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "glagent-", "gloas-", "glsoat-", "glffct-"], r"\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_.-]{15,}", any, GITLEAKS, concat!("glpat-", "a1B2c3D4e5F6g7H8i9J0")),
    row("a runner token of GitLab", &["gr1348941"], r"\bGR1348941[A-Za-z0-9_-]{15,}", any, GITLEAKS, concat!("GR1348941", "a1B2c3D4e5F6g7H8i9J0")),
    row("a token of Atlassian", &["atatt3", "atbb", "atctt3"], r"\b(?:ATATT3|ATCTT3|ATBB)[A-Za-z0-9_=-]{20,}", any, GITLEAKS, concat!("ATATT3", "xFfGF0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0")),
    row("a token of npm", &["npm_"], r"\bnpm_[A-Za-z0-9]{30,}", any, GITLEAKS, concat!("npm_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")),
    row("a token of an npm registry", &["_auth"], r#"\b_auth(?:Token)?[ \t]*=[ \t]*["']?([^ \t\n"'$]{8,})"#, filled, DETECT, concat!("//registry.example/:_auth", "Token=a1B2c3D4e5F6")),
    row("a token of PyPI", &["pypi-age"], r"\bpypi-AgE[A-Za-z0-9_-]{16,}", any, GITLEAKS, concat!("pypi-", "AgEIcHlwaS5vcmcCJDAxMjM0NTY3LTg5YWItY2RlZi0wMTIzLTQ1Njc4OWFiY2RlZgACKlszLA")),
    row("a token of Docker Hub", &["dckr_pat_", "dckr_oat_"], r"\bdckr_[po]at_[A-Za-z0-9_-]{20,}", any, "docs.docker.com, access tokens", concat!("dckr_pat_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N")),
    row("a token of RubyGems", &["rubygems_"], r"\brubygems_[a-f0-9]{48}\b", any, GITLEAKS, concat!("rubygems_", "0123456789abcdef0123456789abcdef0123456789abcdef")),
    row("a key of NuGet", &["oy2"], r"\boy2[a-z0-9]{43}\b", any, GITLEAKS, concat!("oy2", "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0u1v")),
    row("a token of Artifactory", &["akcp", "cmvmd"], r"\b(?:AKCp[A-Za-z0-9]{60,}|cmVmd[A-Za-z0-9]{59})\b", any, GITLEAKS, concat!("AKCp", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g3H4")),
    row("a token of SonarQube", &["sqp_", "squ_", "sqa_"], r"\bsq[pua]_[a-f0-9]{40}\b", any, GITLEAKS, concat!("sqp_", "0123456789abcdef0123456789abcdef01234567")),
    row("a token of CircleCI", &["ccipat_", "ccipj_"], r"\bCCIP(?:AT|J)_[A-Za-z0-9_]{20,}", any, "circleci.com, API tokens", concat!("CCIPAT_", "a1B2c3D4e5F6g7H8i9J0_0123456789abcdef0123456789abcdef01234567")),
    row("a token of Buildkite", &["bkua_"], r"\bbkua_[a-f0-9]{40}\b", any, "buildkite.com, API tokens", concat!("bkua_", "0123456789abcdef0123456789abcdef01234567")),
    row("a key of Postman", &["pmak-"], r"\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\b", any, GITLEAKS, concat!("PMAK-", "0123456789abcdef01234567-0123456789abcdef0123456789abcdef01")),
    // Chat and mail.
    row("a webhook of Slack", &["hooks.slack.com"], r"hooks\.slack\.com/(?:services|workflows|triggers)/([A-Za-z0-9/_+-]{20,})", any, GITLEAKS, concat!("https://hooks.slack.com/", "services/T0A1B2C3D/B4E5F6G7H/a1B2c3D4e5F6g7H8i9J0k1L2")),
    row("a token of Slack", &["xox", "xapp-"], r"\b(?:xox[abeoprs](?:\.xox[a-z])?-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,})", any, GITLEAKS, concat!("xoxb-", "123456789012-1234567890123-a1B2c3D4e5F6g7H8i9J0k1L2")),
    row("a webhook of Discord", &["/api/webhooks/"], r"discord(?:app)?\.com/api/webhooks/[0-9]{15,22}/([A-Za-z0-9_-]{20,})", any, DETECT, concat!("https://discord.com/api/", "webhooks/123456789012345678/a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g3H4")),
    row("a webhook of Teams", &["webhook.office.com", "outlook.office.com/webhook"], r"(?:webhook\.office\.com/webhookb2|outlook\.office\.com/webhook)/([A-Za-z0-9@/-]{30,})", any, GITLEAKS, concat!("https://a.webhook.office.com/", "webhookb2/12345678-abcd-4def-8abc-0123456789ab@12345678-abcd-4def-8abc-0123456789ab/IncomingWebhook/0123456789abcdef")),
    row("a token of a Telegram bot", &[":aa"], r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{32,34}", any, DETECT, concat!("1234567890", ":AAa1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q")),
    row("a key of Twilio", &["sk0", "sk1", "sk2", "sk3", "sk4", "sk5", "sk6", "sk7", "sk8", "sk9", "ska", "skb", "skc", "skd", "ske", "skf"], r"\bSK[0-9a-f]{32}\b", any, GITLEAKS, concat!("SK", "0123456789abcdef0123456789abcdef")),
    row("a token of Twilio", &["twilio"], r#"(?i-u:twilio)[A-Za-z_ .-]{0,24}["' \t]{0,3}[:=]{1,2}["' \t]{0,3}([0-9a-f]{32})\b"#, any, DETECT, concat!("twilio_auth_", "token=0123456789abcdef0123456789abcdef")),
    row("a key of SendGrid", &["sg."], r"\bSG\.[A-Za-z0-9_-]{12,}(?:\.[A-Za-z0-9_-]{12,})?", mixed, GITLEAKS, concat!("SG.", "a1B2c3D4e5F6g7H8i9J0k1.L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g")),
    row("a key of Mailgun", &["key-"], r"\bkey-[0-9a-f]{32}\b", any, GITLEAKS, concat!("key-", "0123456789abcdef0123456789abcdef")),
    row("a key of Mailchimp", &["-us"], r"\b[0-9a-f]{32}-us[0-9]{1,2}\b", any, DETECT, concat!("0123456789abcdef", "0123456789abcdef-us12")),
    row("a key of Brevo", &["xkeysib-", "xsmtpsib-"], r"\bx(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}", any, GITLEAKS, concat!("xkeysib-", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef-a1B2c3D4e5F6g7H8")),
    row("a key of Resend", &["re_"], r"\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}\b", mixed, "resend.com, API keys", concat!("re_", "a1B2c3D4_e5F6g7H8i9J0k1L2m3N4o5P6")),
    // Money.
    row("a key of Stripe", &["sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_"], r"\b[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}", any, GITLEAKS, concat!("sk_", "live_a1B2c3D4e5F6g7H8i9J0k1L2")),
    row("a webhook secret of Stripe", &["whsec_"], r"\bwhsec_[A-Za-z0-9+/]{20,}={0,2}", any, "stripe.com, webhooks", concat!("whsec_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6")),
    row("a token of Shopify", &["shpat_", "shpca_", "shppa_", "shpss_"], r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b", any, GITLEAKS, concat!("shpat_", "0123456789abcdef0123456789abcdef")),
    row("a token of Square", &["sq0atp-", "sq0csp-"], r"\bsq0(?:atp|csp)-[A-Za-z0-9_-]{22,}", any, DETECT, concat!("sq0atp-", "a1B2c3D4e5F6g7H8i9J0k1")),
    row("a token of Plaid", &["access-sandbox-", "access-development-", "access-production-"], r"\baccess-(?:sandbox|development|production)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", any, GITLEAKS, concat!("access-production-", "12345678-abcd-4def-8abc-0123456789ab")),
    row("a key of Flutterwave", &["flwseck"], r"\bFLWSECK(?:_TEST)?-[A-Za-z0-9]{12,}", any, GITLEAKS, concat!("FLWSECK-", "0123456789abcdef0123456789abcdef-X")),
    // Models.
    row("a key of Anthropic", &["sk-ant-"], r"\bsk-ant-[A-Za-z0-9_-]{20,}", any, GITLEAKS, concat!("sk-ant-", "api03-a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0")),
    row("a key of OpenAI", &["sk-"], r"\bsk-(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{20,})", mixed, GITLEAKS, concat!("sk-proj-", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0")),
    row("a token of Hugging Face", &["hf_", "api_org_"], r"\b(?:hf|api_org)_[A-Za-z0-9]{30,}", any, GITLEAKS, concat!("hf_", "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH")),
    row("a key of Groq", &["gsk_"], r"\bgsk_[A-Za-z0-9]{40,}", any, "console.groq.com", concat!("gsk_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6")),
    row("a token of Replicate", &["r8_"], r"\br8_[A-Za-z0-9]{37}\b", any, "replicate.com, API tokens", concat!("r8_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s")),
    row("a key of Perplexity", &["pplx-"], r"\bpplx-[A-Za-z0-9]{40,}", any, GITLEAKS, concat!("pplx-", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4")),
    row("a key of xAI", &["xai-"], r"\bxai-[A-Za-z0-9]{60,}", any, "docs.x.ai", concat!("xai-", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g3H4i5J6")),
    // Observing and tools.
    row("a key of Datadog", &["dd-api-key", "dd_api_key", "dd-application-key", "dd_app_key", "datadog"], r#"(?i-u:(?:dd|datadog)[_ .-]?(?:api|app|application)[_ .-]?key)["' \t]{0,3}[:=]{1,2}["' \t]{0,3}([0-9a-f]{32,40})\b"#, any, GITLEAKS, concat!("datadog_api_", "key: 0123456789abcdef0123456789abcdef")),
    row("a token of Grafana", &["glsa_", "glc_", "eyjrijoi"], r"\b(?:glsa_[A-Za-z0-9]{20,}(?:_[A-Fa-f0-9]{8})?|glc_[A-Za-z0-9+/]{32,}={0,2}|eyJrIjoi[A-Za-z0-9+/]{30,}={0,2})", any, GITLEAKS, concat!("glsa_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6_0123abcd")),
    row("a key of New Relic", &["nrak-", "nrii-", "nral"], r"\b(?:NRAK-[A-Z0-9]{27}|NRII-[A-Za-z0-9_-]{32}|[0-9a-z]{36}NRAL)\b", any, GITLEAKS, concat!("NRAK-", "A1B2C3D4E5F6G7H8I9J0K1L2M3N")),
    row("a token of Sentry", &["sntrys_", "sntryu_"], r"\bsntry[su]_[A-Za-z0-9+/=_]{40,}", any, GITLEAKS, concat!("sntryu_", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")),
    row("a key of LaunchDarkly", &["sdk-", "api-"], r"\b(?:sdk|api)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", any, "launchdarkly.com, keys", concat!("sdk-", "12345678-abcd-4def-8abc-0123456789ab")),
    row("a key of Linear", &["lin_api_", "lin_oauth_"], r"\blin_(?:api|oauth)_[A-Za-z0-9]{30,}", any, GITLEAKS, concat!("lin_api_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0")),
    row("a token of Notion", &["ntn_", "secret_"], r"\b(?:ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43})\b", mixed, GITLEAKS, concat!("ntn_", "123456789012a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9")),
    row("a token of Figma", &["figd_"], r"\bfigd_[A-Za-z0-9_-]{40,}", any, "figma.com, access tokens", concat!("figd_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0")),
    row("a token of Contentful", &["cfpat-"], r"\bCFPAT-[A-Za-z0-9_-]{40,}", any, "contentful.com, access tokens", concat!("CFPAT-", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V")),
    row("a token of Dropbox", &["sl."], r"\bsl\.(?:u\.)?[A-Za-z0-9_-]{100,}", any, GITLEAKS, concat!("sl.", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g3H4i5J6a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4")),
    // What is named beside it.
    row("a password", &["password", "passwd", "pwd", "passphrase"], r#"(?i-u:password|passwd|pwd|passphrase)\\?["']?[ \t]*=[ \t]*\\?["']?([^ \t\n\r;&"'`,<>(){}\\]{3,})"#, filled, DETECT, concat!("Server=db;Database=app;User Id=app;Pass", "word=hunter22;")),
    row("a password", &["password", "passwd", "pwd", "passphrase"], r#"(?i-u:password|passwd|pwd|passphrase)\\?["']?[ \t]*(?::[ \t]*\\?["']?|[ \t]["'])([^ \t\n\r;&"'`,<>(){}\\]{6,})"#, mixed, DETECT, concat!("pass", "word: hunter22")),
    row("a secret behind an option", &["password", "passwd", "passphrase", "token", "secret", "apikey", "api-key"], r#"--[a-z-]{0,30}(?:password|passwd|passphrase|token|secret|api-?key)[= \t]+["']?([^ \t\n\r;&"'`,<>(){}\\]{6,})"#, mixed, DETECT, concat!("login --pass", "word hunter22")),
    row("a secret of a URL's query", &["token=", "key=", "secret=", "signature=", "auth=", "code="], r#"(?i-u:[?&](?:[a-z_-]{0,20}(?:token|key|secret|signature)|auth|code))=([^&# \t\n"'<>(){}]{12,})"#, random, DETECT, concat!("https://a.example/hook?access_", "token=a1B2c3D4e5F6g7H8")),
    row("a secret by the name beside it", &["secret", "token", "key", "credential"], r#"(?i-u:secret|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|signing[_-]?key|encryption[_-]?key|credentials?)\\?["']?[ \t]*[:=]{1,2}[ \t]*\\?["']?([A-Za-z0-9_.~+/=!@#%^*-]{12,})"#, random, DETECT, concat!("api_", "key: a1B2c3D4e5F6g7H8")),
];
