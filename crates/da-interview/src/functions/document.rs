//! What stands in DOCX templates, evaluated, and what is known of PDF files and pictures. No document is made of it.

use super::function;
use crate::assemble::{EngineHost, from_plain};
use crate::check::names_from_outside;
use da_core::Plain;
use da_document::{Budget, DocumentError, Number, Picture};
use da_markup::JinjaTemplate;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};
use std::ops::RangeInclusive;

/// So many bytes are read for a unit of fuel: a document is unpacked, and looked at in parts.
const BYTES_FOR_FUEL: u64 = 8;

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("docx_text", run_docx_text),
    function("docx_names", docx_names),
    function("pdf_facts", pdf_facts),
    function("pdf_fields", pdf_fields),
    function("qr_codes", qr_codes),
];

/// `docx_text(name, fields)`: the text of a DOCX template, with fields beside the variables of the session.
fn run_docx_text(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name, fields] = args.bind(vm, "docx_text", ["name", "fields"], 2)?;
    let name = vm.to_str(name.unwrap_or(Value::None))?;
    let entries: Vec<(Value, Value)> = fields
        .and_then(|fields| vm.as_dict(fields))
        .map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect())
        .unwrap_or_default();
    let named = entries.into_iter().filter_map(|(key, value)| Some((vm.text(key)?.to_string(), value)));
    let fields: Vec<(String, Value)> = named.collect();
    let package = EngineHost::of(vm).interview().package().to_owned();
    docx_text(vm, &package, &name, &fields)
}

/// The text of a DOCX template. While it is evaluated, its fields stand in for variables of the same names.
pub(crate) fn docx_text(vm: &mut Vm<'_>, package: &str, name: &str, fields: &[(String, Value)]) -> PyResult<Value> {
    let (package, path) = name.split_once(':').unwrap_or((package, name));
    let path = if path.contains('/') { path.to_owned() } else { format!("data/templates/{path}") };
    let shown = format!("{package}:{path}");
    let bytes = match EngineHost::of(vm).package_bytes(package, &path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(vm.raise("DASourceError", format!("Missing docx template file {shown}"))),
        Err(error) => return Err(vm.raise("DASourceError", error.message)),
    };
    let template = match template(&bytes, &shown) {
        Ok(template) => template,
        Err(message) => return Err(vm.raise("DASourceError", message)),
    };
    // What is in the file is unpacked and compiled: that is paid for as a text of its size.
    vm.produce(template.source().len())?;
    let Some(variables) = EngineHost::of(vm).variables else { return Ok(Value::None) };
    let mut before = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let value_before = vm.dict_get_str(variables, name).map(|value| vm.root(value));
        before.push((name, value_before));
        vm.dict_set_str(variables, name, *value)?;
    }
    let text = vm.run_template(template.code(), variables);
    for (name, value) in before.into_iter().rev() {
        match value {
            Some(value) => vm.dict_set_str(variables, name, value)?,
            None => {
                let name = vm.str(name.as_str())?;
                vm.dict_remove(variables, name)?;
            }
        }
    }
    text
}

/// The template in a DOCX file of this name, or what is wrong with it.
fn template(file: &[u8], name: &str) -> Result<JinjaTemplate, String> {
    let text = da_document::template(file).map_err(|error| format!("The file {name} cannot be read: {error}."))?;
    JinjaTemplate::parse(&text, name).map_err(|error| error.to_string())
}

/// `docx_names(content, name)`: the names that a DOCX template reads and that an interview has to define.
fn docx_names(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [content, name] = args.bind(vm, "docx_names", ["content", "name"], 2)?;
    let content = content_of(vm, content)?;
    let name = vm.to_str(name.unwrap_or(Value::None))?;
    let template = template(&content, &name).map_err(|message| vm.raise("DAError", message))?;
    vm.produce(template.source().len())?;
    let names = names_from_outside(vm, &template);
    from_plain(vm, &Plain::from(names))
}

/// `pdf_facts(content)`: how many pages a PDF file has, whether it is encrypted, whether it has a form. Of a file that cannot be read
/// as much is known as of one without pages.
fn pdf_facts(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [content] = args.bind(vm, "pdf_facts", ["content"], 1)?;
    let content = content_of(vm, content)?;
    let facts = within_budget(vm, |budget| da_document::pdf_facts(&content, budget))?;
    let is_encrypted = matches!(facts, Err(DocumentError::Encrypted));
    let (pages, has_form) = facts.map_or((0, false), |facts| (facts.pages, facts.has_form));
    let told = Plain::Map(vec![
        ("pages".to_owned(), Plain::Int(i64::from(pages))),
        ("encrypted".to_owned(), Plain::Bool(is_encrypted)),
        ("acroform".to_owned(), Plain::Bool(has_form)),
    ]);
    from_plain(vm, &told)
}

/// `pdf_fields(content)`: the fields of a PDF's form: each with its name, value, page, edges, kind and export value.
fn pdf_fields(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [content] = args.bind(vm, "pdf_fields", ["content"], 1)?;
    let content = content_of(vm, content)?;
    let fields = match within_budget(vm, |budget| da_document::form_fields(&content, budget))? {
        Ok(fields) => fields,
        Err(error) => return Err(vm.raise("DAError", format!("The PDF file cannot be read: {error}."))),
    };
    let number = |number: Number| match number {
        Number::Integer(number) => Plain::Int(number),
        Number::Real(number) => Plain::Float(number),
    };
    let text = |text: Option<String>| text.map_or(Plain::Null, Plain::Text);
    let told = fields.into_iter().map(|field| {
        Plain::List(vec![
            Plain::Text(field.name),
            text(field.value),
            Plain::Int(i64::from(field.page)),
            Plain::List(field.edges.into_iter().map(number).collect()),
            text(field.kind.map(|kind| kind.name().to_owned())),
            text(field.export_value),
        ])
    });
    from_plain(vm, &Plain::List(told.collect()))
}

/// `qr_codes(content, first, last)`: what the QR codes in a picture say, or in the pictures on pages of a PDF file; None for a PDF
/// file that has no pictures, or none that can be read.
fn qr_codes(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [content, first, last] = args.bind(vm, "qr_codes", ["content", "first", "last"], 3)?;
    let content = content_of(vm, content)?;
    let page = |value: Option<Value>| match value {
        Some(Value::Int(page)) => u32::try_from(page.max(0)).unwrap_or(u32::MAX),
        _ => 0,
    };
    let codes = match content.first() {
        Some(0x89 | 0xff | b'G') => Some(codes_of_picture(vm, &content)?),
        _ => codes_of_pages(vm, &content, page(first)..=page(last))?,
    };
    codes.map_or(Ok(Value::None), |codes| from_plain(vm, &Plain::from(codes)))
}

fn codes_of_picture(vm: &mut Vm<'_>, content: &[u8]) -> PyResult<Vec<String>> {
    let unread = |error: DocumentError| format!("The picture cannot be read: {error}.");
    let picture = Picture::read(content).map_err(|error| vm.raise("DAError", unread(error)))?;
    vm.pay(price_of(&picture))?;
    picture.qr_codes().map_err(|error| vm.raise("DAError", unread(error)))
}

/// What the codes on pages say; none where there are no pictures that can be read.
fn codes_of_pages(vm: &mut Vm<'_>, content: &[u8], pages: RangeInclusive<u32>) -> PyResult<Option<Vec<String>>> {
    let mut budget = Budget::full();
    let mut paid = 0;
    let Ok(mut pictures) = da_document::pdf_pictures(content, pages, &mut budget) else {
        vm.pay(budget.spent() / BYTES_FOR_FUEL)?;
        return Ok(None);
    };
    let mut codes = None;
    loop {
        let next = pictures.next();
        let spent = pictures.spent() / BYTES_FOR_FUEL;
        vm.pay(spent - paid)?;
        paid = spent;
        let Some(picture) = next else { return Ok(codes) };
        // Beside a picture that cannot be read there may be others.
        let Ok(picture) = picture else { continue };
        vm.pay(price_of(&picture))?;
        if let Ok(found) = picture.qr_codes() {
            codes.get_or_insert_with(Vec::new).extend(found);
        }
    }
}

/// What it costs to look for codes in a picture.
fn price_of(picture: &Picture<'_>) -> u64 {
    picture.dots() as u64 * 3 / 2
}

/// Reads a PDF file, and pays for what that took, however small the file is.
fn within_budget<T>(vm: &mut Vm<'_>, read: impl FnOnce(&mut Budget) -> T) -> PyResult<T> {
    let mut budget = Budget::full();
    let found = read(&mut budget);
    vm.pay(budget.spent() / BYTES_FOR_FUEL)?;
    Ok(found)
}

/// The bytes that a function of this file looks at, which are paid for as a text of their size.
fn content_of(vm: &mut Vm<'_>, content: Option<Value>) -> PyResult<Vec<u8>> {
    let content = vm.as_bytes(content.unwrap_or(Value::None)).map(<[u8]>::to_vec).unwrap_or_default();
    vm.pay(content.len() as u64 / BYTES_FOR_FUEL)?;
    Ok(content)
}
