//! Brand marks of open-source and SaaS products, by the Simple Icons slug that the catalog names.
//!
//! The outlines are those of Simple Icons (CC0), from the crate `icondata_si`; the names and marks belong to their owners.
//! They are drawn on twenty pixels, so the program holds them as they are seen there: with fewer curves, in whole numbers on a
//! grid of six steps to the pixel.

use std::fmt::Write as _;

use icondata_core::IconData;

use crate::Failure;
use crate::path_data::scaled;
use crate::simplify::simplified;

/// How far an outline may run from the original, on a grid of 24: a twelfth of a pixel as it is drawn, and for marks in
/// great detail, longer than so many bytes, up to a quarter.
const TOLERANCES: [f64; 4] = [0.1, 0.15, 0.2, 0.3];
const DETAILED: usize = 500;
/// From the grid of the originals, 24 by 24, to that of the table, 120 by 120.
const FINER: f64 = 5.0;

macro_rules! marks {
    ($($slug:literal $icon:ident),+ $(,)?) => {
        const MARKS: &[(&str, &IconData)] = &[$(($slug, icondata_si::$icon)),+];
    };
}

/// The table of marks: slug and outline, ordered by slug.
pub(crate) fn table() -> Result<String, Failure> {
    let mut marks = MARKS.to_vec();
    marks.sort_by_key(|m| m.0);
    let mut table = "&[".to_owned();
    for (slug, icon) in marks {
        let inner = icon.data.split_once(" d=\"").and_then(|d| d.1.split_once('"')).map(|d| d.0);
        let d = inner.and_then(short).ok_or_else(|| format!("the mark `{slug}` is no path"))?;
        write!(table, "({slug:?}, {d:?}), ")?;
    }
    table.push(']');
    Ok(table)
}

/// An outline as it is drawn.
fn short(d: &str) -> Option<String> {
    let mut found = None;
    for tolerance in TOLERANCES {
        let now = scaled(&simplified(d, tolerance)?, FINER, (0.0, 0.0), 0)?;
        let enough = now.len() <= DETAILED;
        found = Some(now);
        if enough {
            break;
        }
    }
    found
}

marks! {
    "1password" Si1password, "actix" SiActix, "aerospike" SiAerospike,
    "airbyte" SiAirbyte, "airtable" SiAirtable, "akamai" SiAkamai, "algolia" SiAlgolia,
    "android" SiAndroid, "angular" SiAngular, "ansible" SiAnsible, "anthropic" SiAnthropic,
    "apache" SiApache, "apacheairflow" SiApacheairflow, "apachecassandra" SiApachecassandra,
    "apachecouchdb" SiApachecouchdb, "apachedruid" SiApachedruid, "apacheflink" SiApacheflink,
    "apachehadoop" SiApachehadoop, "apachehbase" SiApachehbase, "apachehive" SiApachehive,
    "apachekafka" SiApachekafka, "apachekylin" SiApachekylin,
    "apachemaven" SiApachemaven, "apachenifi" SiApachenifi,
    "apachepulsar" SiApachepulsar, "apacherocketmq" SiApacherocketmq, "apachesolr" SiApachesolr,
    "apachespark" SiApachespark, "apachestorm" SiApachestorm, "apachesuperset" SiApachesuperset,
    "apachetomcat" SiApachetomcat, "apollographql" SiApollographql, "apple" SiApple, "applepay" SiApplepay,
    "appwrite" SiAppwrite, "arangodb" SiArangodb, "arduino" SiArduino, "argo" SiArgo, "astro" SiAstro,
    "auth0" SiAuth0, "authelia" SiAuthelia, "authentik" SiAuthentik, "backblaze" SiBackblaze,
    "backstage" SiBackstage, "beats" SiBeats, "bentoml" SiBentoml, "betterstack" SiBetterstack,
    "bigcommerce" SiBigcommerce, "bitbucket" SiBitbucket, "blazor" SiBlazor, "box" SiBox,
    "braintree" SiBraintree, "brave" SiBrave, "brevo" SiBrevo, "buildkite" SiBuildkite, "bun" SiBun,
    "caddy" SiCaddy, "calendly" SiCalendly, "camunda" SiCamunda,
    "celery" SiCelery, "ceph" SiCeph, "checkmarx" SiCheckmarx, "checkmk" SiCheckmk, "chef" SiChef,
    "cilium" SiCilium, "circleci" SiCircleci, "clerk" SiClerk, "clickhouse" SiClickhouse,
    "cloudera" SiCloudera, "cloudflare" SiCloudflare, "cloudflarepages" SiCloudflarepages,
    "cloudflareworkers" SiCloudflareworkers, "cloudinary" SiCloudinary, "cockroachlabs" SiCockroachlabs,
    "concourse" SiConcourse, "confluence" SiConfluence, "consul" SiConsul,
    "containerd" SiContainerd, "contentful" SiContentful, "couchbase" SiCouchbase, "crewai" SiCrewai,
    "cypress" SiCypress, "dapr" SiDapr, "dask" SiDask, "databricks" SiDatabricks, "datadog" SiDatadog,
    "dbt" SiDbt, "deepgram" SiDeepgram, "deepl" SiDeepl,
    "deno" SiDeno, "dgraph" SiDgraph, "digitalocean" SiDigitalocean, "directus" SiDirectus,
    "discord" SiDiscord, "django" SiDjango, "docker" SiDocker, "drone" SiDrone, "dropbox" SiDropbox,
    "drupal" SiDrupal, "duckdb" SiDuckdb, "dynatrace" SiDynatrace, "eclipsejetty" SiEclipsejetty,
    "eclipsemosquitto" SiEclipsemosquitto, "eclipsevertdotx" SiEclipsevertdotx, "elastic" SiElastic,
    "elasticsearch" SiElasticsearch, "elasticstack" SiElasticstack, "electron" SiElectron,
    "elevenlabs" SiElevenlabs, "elixir" SiElixir, "envoyproxy" SiEnvoyproxy, "erpnext" SiErpnext,
    "espressif" SiEspressif, "etcd" SiEtcd, "ethereum" SiEthereum, "expo" SiExpo, "express" SiExpress,
    "facebook" SiFacebook, "falco" SiFalco, "fastapi" SiFastapi, "fastify" SiFastify, "fastly" SiFastly,
    "fauna" SiFauna, "ffmpeg" SiFfmpeg, "firebase" SiFirebase, "flask" SiFlask,
    "fluentbit" SiFluentbit, "fluentd" SiFluentd, "flutter" SiFlutter, "flux" SiFlux, "forgejo" SiForgejo,
    "fusionauth" SiFusionauth, "gatsby" SiGatsby, "gitea" SiGitea, "github" SiGithub,
    "githubactions" SiGithubactions, "githubcopilot" SiGithubcopilot,
    "gitlab" SiGitlab, "grafana" SiGrafana, "graphite" SiGraphite, "graphql" SiGraphql,
    "graylog" SiGraylog, "h2database" SiH2database, "harbor" SiHarbor,
    "hasura" SiHasura, "helm" SiHelm, "here" SiHere, "hetzner" SiHetzner, "hivemq" SiHivemq,
    "homeassistant" SiHomeassistant, "hotjar" SiHotjar, "hubspot" SiHubspot, "huggingface" SiHuggingface,
    "hugo" SiHugo, "icinga" SiIcinga, "influxdb" SiInfluxdb, "instagram" SiInstagram,
    "intercom" SiIntercom, "ionic" SiIonic, "ios" SiIos, "ipfs" SiIpfs, "istio" SiIstio, "jaeger" SiJaeger,
    "jenkins" SiJenkins, "jfrog" SiJfrog, "jira" SiJira, "jitsi" SiJitsi, "joomla" SiJoomla,
    "jupyter" SiJupyter, "k3s" SiK3s, "k6" SiK6, "keras" SiKeras, "keycdn" SiKeycdn, "keycloak" SiKeycloak,
    "kibana" SiKibana, "klarna" SiKlarna, "knative" SiKnative, "koa" SiKoa, "kong" SiKong,
    "kotlin" SiKotlin, "ktor" SiKtor, "kubernetes" SiKubernetes, "langchain" SiLangchain,
    "langgraph" SiLanggraph, "laravel" SiLaravel, "letsencrypt" SiLetsencrypt, "linear" SiLinear,
    "linkerd" SiLinkerd, "linux" SiLinux, "logstash" SiLogstash, "mailchimp" SiMailchimp,
    "mailgun" SiMailgun, "make" SiMake, "mapbox" SiMapbox, "mariadb" SiMariadb, "mastercard" SiMastercard,
    "matomo" SiMatomo, "mattermost" SiMattermost, "meilisearch" SiMeilisearch, "meta" SiMeta,
    "metabase" SiMetabase, "milvus" SiMilvus, "minio" SiMinio, "mixpanel" SiMixpanel, "mlflow" SiMlflow,
    "mongodb" SiMongodb, "mulesoft" SiMulesoft, "mysql" SiMysql, "n8n" SiN8n, "natsdotio" SiNatsdotio,
    "neo4j" SiNeo4j, "nestjs" SiNestjs, "netdata" SiNetdata, "netlify" SiNetlify, "newrelic" SiNewrelic,
    "nextcloud" SiNextcloud, "nextdotjs" SiNextdotjs, "nginx" SiNginx, "nodedotjs" SiNodedotjs,
    "nodered" SiNodered, "nomad" SiNomad, "notion" SiNotion, "npm" SiNpm, "nuxt" SiNuxt, "nvidia" SiNvidia,
    "octopusdeploy" SiOctopusdeploy, "okta" SiOkta, "ollama" SiOllama, "onnx" SiOnnx,
    "openai" SiOpenai, "opencv" SiOpencv, "openfaas" SiOpenfaas, "openhab" SiOpenhab, "openjdk" SiOpenjdk,
    "opensearch" SiOpensearch, "openstack" SiOpenstack, "openstreetmap" SiOpenstreetmap,
    "opentelemetry" SiOpentelemetry, "opentofu" SiOpentofu, "openvpn" SiOpenvpn, "opnsense" SiOpnsense,
    "opsgenie" SiOpsgenie, "owncloud" SiOwncloud, "packer" SiPacker, "paddle" SiPaddle,
    "paddlepaddle" SiPaddlepaddle, "pagerduty" SiPagerduty, "payloadcms" SiPayloadcms, "paypal" SiPaypal,
    "perplexity" SiPerplexity, "pfsense" SiPfsense, "phoenixframework" SiPhoenixframework, "php" SiPhp,
    "pingdom" SiPingdom, "planetscale" SiPlanetscale, "plausibleanalytics" SiPlausibleanalytics,
    "pocketbase" SiPocketbase, "podman" SiPodman, "postgresql" SiPostgresql, "posthog" SiPosthog,
    "prefect" SiPrefect, "prestashop" SiPrestashop, "presto" SiPresto, "prismic" SiPrismic,
    "prometheus" SiPrometheus, "proxmox" SiProxmox, "pulumi" SiPulumi, "puppet" SiPuppet,
    "pusher" SiPusher, "pypi" SiPypi, "python" SiPython, "pytorch" SiPytorch, "qlik" SiQlik,
    "quarkus" SiQuarkus, "quickbooks" SiQuickbooks, "rabbitmq" SiRabbitmq, "railway" SiRailway,
    "rancher" SiRancher, "raspberrypi" SiRaspberrypi, "ray" SiRay, "razorpay" SiRazorpay, "react" SiReact,
    "redash" SiRedash, "redhatopenshift" SiRedhatopenshift, "redis" SiRedis, "remix" SiRemix,
    "render" SiRender, "replicate" SiReplicate, "resend" SiResend, "rocketdotchat" SiRocketdotchat,
    "ros" SiRos, "rubyonrails" SiRubyonrails, "rundeck" SiRundeck, "rust" SiRust,
    "saltproject" SiSaltproject, "sanity" SiSanity, "sap" SiSap, "scala" SiScala,
    "scikitlearn" SiScikitlearn, "scylladb" SiScylladb, "selenium" SiSelenium, "sentry" SiSentry,
    "shopify" SiShopify, "sidekiq" SiSidekiq, "singlestore" SiSinglestore, "snowflake" SiSnowflake,
    "snyk" SiSnyk, "socketdotio" SiSocketdotio, "solid" SiSolid, "sonatype" SiSonatype,
    "spring" SiSpring, "springboot" SiSpringboot, "sqlite" SiSqlite, "square" SiSquare,
    "statuspage" SiStatuspage, "stmicroelectronics" SiStmicroelectronics, "storyblok" SiStoryblok,
    "strapi" SiStrapi, "stripe" SiStripe, "strongswan" SiStrongswan,
    "supabase" SiSupabase, "surrealdb" SiSurrealdb, "surveymonkey" SiSurveymonkey, "svelte" SiSvelte,
    "symfony" SiSymfony, "talend" SiTalend, "tauri" SiTauri, "teamcity" SiTeamcity, "tekton" SiTekton,
    "telegram" SiTelegram, "temporal" SiTemporal, "tensorflow" SiTensorflow, "teradata" SiTeradata,
    "terraform" SiTerraform, "timescale" SiTimescale, "tomtom" SiTomtom, "traefikproxy" SiTraefikproxy,
    "travisci" SiTravisci, "trino" SiTrino, "trivy" SiTrivy, "turso" SiTurso,
    "typo3" SiTypo3, "umami" SiUmami, "ups" SiUps, "upstash" SiUpstash, "usps" SiUsps, "vault" SiVault,
    "vercel" SiVercel, "victoriametrics" SiVictoriametrics, "vimeo" SiVimeo,
    "vitess" SiVitess, "vonage" SiVonage, "vuedotjs" SiVuedotjs, "wasabi" SiWasabi,
    "weightsandbiases" SiWeightsandbiases, "whatsapp" SiWhatsapp, "wireguard" SiWireguard, "wise" SiWise,
    "wordpress" SiWordpress, "xero" SiXero, "zapier" SiZapier,
    "zendesk" SiZendesk, "zoho" SiZoho, "zulip" SiZulip,
}
