//! Any files as what a user brings beside the documents of a dossier: a folder of policies with cases,
//! profile, obligations, calendar and articles, and an incident with its causes and measures.

use std::path::Path;

use super::archive::{lay_out, pack, unpack};
use super::program::{lang, run};
use super::seeds;

pub fn enter(bytes: &[u8]) {
    let folder = lay_out(bytes);
    let lang = lang(bytes);
    let own = folder.path().join("own");
    let incident = folder.path().join("incident");
    if incident.join("incident.yaml").is_file() {
        run(lang, &[Path::new("replay"), &incident, Path::new("--mended")]);
    }
    if !own.is_dir() {
        return;
    }
    let [policy, test, lint, mutate, clauses, calendar, check, policies, counting, all, json] = [
        "policy",
        "test",
        "lint",
        "--mutate",
        "clauses",
        "calendar",
        "check",
        "--policies",
        "--calendar",
        "--all",
        "--format=json",
    ]
    .map(Path::new);
    let tried = run(lang, &[policy, test, &own, mutate]);
    if tried.code < 2 {
        run(lang, &[policy, lint, &own]);
        run(lang, &[policy, Path::new("coverage"), policies, &own]);
    }
    let dossier = folder.path().join("incident");
    let rules = own.join("calendar.yaml");
    run(lang, &[calendar, &dossier, policies, &own, counting, &rules, json]);
    run(lang, &[clauses, all, policies, &own]);
    let _ = check;
}

pub fn seeds() -> Vec<Vec<u8>> {
    let policies = seeds::home().join("policies");
    let read = |path: &str| std::fs::read(policies.join(path)).expect("a file of the library");
    let shared = ["obligations.yaml", "calendar.yaml", "articles.yaml"]
        .map(|path| (format!("own/{path}"), read(path)));
    let mut seeds = Vec::new();
    let mut incidents = Vec::new();
    seeds::collect(&seeds::home().join("examples/incidents"), &mut incidents);
    let incidents: Vec<&Path> = incidents
        .iter()
        .filter(|path| path.ends_with("incident.yaml"))
        .filter_map(|path| path.parent())
        .collect();
    let mut files = Vec::new();
    seeds::collect(&policies, &mut files);
    let ids = files.iter().filter_map(|path| path.to_str()?.strip_suffix(".cases.yaml"));
    for (at, id) in ids.step_by(8).enumerate() {
        let path = Path::new(id).strip_prefix(&policies).expect("below").to_str().expect("a plain path");
        let mut parts = vec![
            (format!("own/{path}.yaml"), read(&format!("{path}.yaml"))),
            (format!("own/{path}.cases.yaml"), read(&format!("{path}.cases.yaml"))),
        ];
        // The shared files are large; each seed has one at most.
        parts.extend(shared.get(at % 6).cloned());
        let incident = seeds::folder_of(incidents[at % incidents.len()]);
        let of_incident = unpack(&incident);
        parts.extend(of_incident.into_iter().map(|(path, text)| (format!("incident/{path}"), text.to_vec())));
        seeds.push(pack(parts.iter().map(|(path, text)| (path.as_str(), text.as_slice()))));
    }
    seeds::in_order(&mut seeds);
    seeds
}
