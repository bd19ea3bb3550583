//! `/api/interview_data`: the names of an interview, for editors.

use actix_web::HttpResponse;
use da_app::{Fault, InterviewNames};
use serde_json::{Value, json};

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// Tells the names.
pub(crate) async fn get(call: Call) -> Answer {
    call.app.interview_names_may(&call.caller)?;
    let name = call.parameters.text("i").ok_or(ApiError::NeedsFilename)?;
    let found = call.app.interview_names(&call.caller, &name).await;
    let names = found.map_err(|failed| match failed.fault {
        Fault::NoInterview | Fault::BrokenInterview | Fault::Interview | Fault::FileNotSent => {
            Refusal::caused(ApiError::FindingInterview(failed.public().to_owned()), failed)
        }
        _ => failed.into(),
    })?;
    Ok(HttpResponse::Ok().json(told(&names)))
}

fn told(names: &InterviewNames) -> Value {
    let InterviewNames { vocabulary, beside } = names;
    let variable = |name: &String| {
        let root = name.split(['.', '[']).next().unwrap_or(name);
        let kind = if vocabulary.used.contains(root) { "default" } else { "possibly_not_used" };
        json!({"var": name, "to_insert": name, "hide": root != name, "var_type": kind})
    };
    let function = |name: &String| json!({"var": name, "to_insert": format!("{name}()"), "name": format!("{name}()")});
    let class = |name: &String| json!({"var": name, "to_insert": name, "name": name});
    let plain = |name: &String| json!({"var": name, "to_insert": name});
    let mut told = json!({
        "undefined_names": vocabulary.undefined,
        "var_list": vocabulary.variables.iter().map(variable).collect::<Value>(),
        "functions_list": vocabulary.functions.iter().map(function).collect::<Value>(),
        "classes_list": vocabulary.classes.iter().map(class).collect::<Value>(),
        "modules_list": vocabulary.modules.iter().map(plain).collect::<Value>(),
        "images_list": vocabulary.images.iter().map(plain).collect::<Value>(),
    });
    let lists = [&vocabulary.variables, &vocabulary.used, &vocabulary.functions, &vocabulary.classes];
    let mut words: Vec<&String> =
        lists.into_iter().chain([&vocabulary.undefined, &vocabulary.modules, &vocabulary.images]).flatten().collect();
    if let Some(beside) = beside {
        let module = |name: &String| json!({"var": name, "to_insert": format!(".{name}")});
        told["modules_available_list"] = beside.modules.iter().map(module).collect();
        for (list, files) in [
            ("templates_list", &beside.templates),
            ("sources_list", &beside.sources),
            ("static_list", &beside.static_files),
        ] {
            told[list] = files.iter().map(plain).collect();
            words.extend(files);
        }
        words.extend(&beside.modules);
    }
    words.sort();
    words.dedup();
    json!({"names": told, "vocabulary": words})
}
