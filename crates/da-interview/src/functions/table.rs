//! The parts of a `table` block, evaluated for the prelude, which makes the text of them.

use super::function;
use super::scope::with_names;
use crate::assemble::{EngineHost, from_plain, render};
use crate::block::{Block, BlockId, BlockKind, Condition, Given, Program, Table};
use da_core::Plain;
use da_markup::Template;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Raised, Value, Vm};
use std::sync::Arc;

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("table_settings", table_settings),
    function("table_headers", table_headers),
    function("table_rows", table_rows),
    function("table_keeps", table_keeps),
    function("table_order", table_order),
    function("table_cells", table_cells),
    function("table_values", table_values),
    function("table_is_reversed", table_is_reversed),
];

/// The block of a number, with the variables of the session.
fn table_of(vm: &mut Vm<'_>, block: Option<Value>) -> PyResult<(Arc<Program>, BlockId, Value)> {
    let number = block.and_then(|block| vm.as_int(block)).and_then(|block| usize::try_from(block).ok());
    let program = Arc::clone(&EngineHost::of(vm).program);
    let id = number.map(BlockId).filter(|id| matches!(kind(&program, *id), Some(BlockKind::Table(_))));
    match (id, EngineHost::of(vm).variables) {
        (Some(id), Some(variables)) => Ok((program, id, variables)),
        _ => Err(vm.runtime_error("the block of this table is gone")),
    }
}

fn kind(program: &Program, id: BlockId) -> Option<&BlockKind> {
    program.block(id).map(|block: &Block| &block.kind)
}

fn table(program: &Program, id: BlockId) -> Option<&Table> {
    match kind(program, id) {
        Some(BlockKind::Table(table)) => Some(table),
        _ => None,
    }
}

/// `table_settings(block, letters)`: what the block says about the table; the letters mean what they meant when
/// the table was defined.
fn table_settings(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [block, letters] = args.bind(vm, "table_settings", ["block", "letters"], 2)?;
    let (program, id, variables) = table_of(vm, block)?;
    let Some(table) = table(&program, id) else { return Ok(Value::None) };
    let mut settings = with_names(vm, variables, letters, |vm| settings_of(vm, table, variables))?;
    let width = program.parts.features.iter().find(|(name, _)| name == "table width");
    if let (Plain::Map(settings), Some((name, width))) = (&mut settings, width) {
        settings.push((name.clone(), width.clone()));
    }
    from_plain(vm, &settings)
}

fn settings_of(vm: &mut Vm<'_>, table: &Table, variables: Value) -> PyResult<Plain> {
    let text = |name: &Option<String>| name.clone().map_or(Plain::Null, Plain::Text);
    let edit = match &table.edit {
        Some(attributes) => Plain::from(attributes.clone()),
        None if table.editable => Plain::List(Vec::new()),
        None => Plain::Null,
    };
    let header = rendered(vm, table.edit_header.as_ref(), variables)?;
    let empty = match &table.show_if_empty {
        None => Plain::Bool(true),
        Some(Given::Plain(plain)) => plain.clone(),
        Some(Given::Text(template)) => Plain::Text(render(vm, template, variables)?),
        Some(Given::Code(code)) => {
            let value = vm.eval(&code.code, variables)?;
            match value {
                Value::False => Plain::Bool(false),
                Value::True => Plain::Bool(true),
                other => Plain::Text(vm.to_str(other)?),
            }
        }
        Some(Given::List(_) | Given::Map(_)) => Plain::Bool(true),
    };
    let flag = |name: &str, value: bool| (name.to_owned(), Plain::Bool(value));
    Ok(Plain::Map(vec![
        ("edit".to_owned(), edit),
        ("edit header".to_owned(), header),
        flag("delete buttons", table.delete_buttons),
        flag("require gathered", table.require_gathered),
        flag("show incomplete", table.show_incomplete),
        flag("indent", table.indent),
        flag("confirm", table.confirm),
        flag("allow reordering", table.allow_reordering),
        ("read only".to_owned(), text(&table.read_only)),
        ("show if empty".to_owned(), empty),
        flag("filtered", table.filter.is_some()),
        flag("sorted", table.sort_key.is_some()),
    ]))
}

fn rendered(vm: &mut Vm<'_>, text: Option<&Template>, variables: Value) -> PyResult<Plain> {
    text.map_or(Ok(Plain::Null), |text| Ok(Plain::Text(render(vm, text, variables)?)))
}

/// `table_headers(block, letters)`: what stands above the columns.
fn table_headers(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [block, letters] = args.bind(vm, "table_headers", ["block", "letters"], 2)?;
    let (program, id, variables) = table_of(vm, block)?;
    let Some(table) = table(&program, id) else { return Ok(Value::None) };
    with_names(vm, variables, letters, |vm| {
        let mut headers = Vec::new();
        for (header, _) in &table.columns {
            let text = render(vm, header, variables)?;
            let text = vm.str(text)?;
            headers.push(vm.root(text));
        }
        vm.list(headers)
    })
}

/// `table_rows(block, letters)`: what the rows are taken from.
fn table_rows(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [block, letters] = args.bind(vm, "table_rows", ["block", "letters"], 2)?;
    let (program, id, variables) = table_of(vm, block)?;
    let Some(table) = table(&program, id) else { return Ok(Value::None) };
    with_names(vm, variables, letters, |vm| vm.eval(&table.rows.code, variables))
}

/// `table_keeps(block, names)`: whether `filter` keeps the row that `row_item` and `row_index` are.
fn table_keeps(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [block, names] = args.bind(vm, "table_keeps", ["block", "names"], 2)?;
    let (program, id, variables) = table_of(vm, block)?;
    let Some(filter) = table(&program, id).and_then(|table| table.filter.as_ref()) else {
        return Ok(Value::True);
    };
    with_names(vm, variables, names, |vm| vm.eval(&filter.code, variables))
}

/// `table_order(block, letters)`: the function by which rows are sorted (`sort key`), and whether the last comes first.
fn table_order(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [block, letters] = args.bind(vm, "table_order", ["block", "letters"], 2)?;
    let (program, id, variables) = table_of(vm, block)?;
    let Some(table) = table(&program, id) else { return Ok(Value::None) };
    let Some(sort_key) = &table.sort_key else { return Ok(Value::None) };
    with_names(vm, variables, letters, |vm| {
        // What sort keys are usually made with is there without an import.
        for module in ["operator", "functools"] {
            if vm.lookup(variables, module).is_none() {
                let imported = vm.import(module)?;
                vm.dict_set_str(variables, module, imported)?;
            }
        }
        let key = vm.eval(&sort_key.code, variables)?;
        vm.root(key);
        let reverse = is_reversed(vm, table, variables)?;
        vm.list(vec![key, Value::from(reverse)])
    })
}

fn is_reversed(vm: &mut Vm<'_>, table: &Table, variables: Value) -> PyResult<bool> {
    match &table.sort_reverse {
        None => Ok(false),
        Some(Condition::Fixed(fixed)) => Ok(*fixed),
        Some(Condition::Code(code)) => {
            let value = vm.eval(&code.code, variables)?;
            vm.truth(value)
        }
    }
}

/// `table_is_reversed(block, letters)`: whether the last row comes first (`sort reverse`).
fn table_is_reversed(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [block, letters] = args.bind(vm, "table_is_reversed", ["block", "letters"], 2)?;
    let (program, id, variables) = table_of(vm, block)?;
    let Some(table) = table(&program, id) else { return Ok(Value::False) };
    with_names(vm, variables, letters, |vm| is_reversed(vm, table, variables)).map(Value::from)
}

/// `table_values(block, names, tells_missing)`: the values of the row that `row_item` and `row_index` are. What is missing is
/// asked for, or is the text that says so.
fn table_values(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [block, names, tells] = args.bind(vm, "table_values", ["block", "names", "tells_missing"], 3)?;
    let tells = vm.truth(tells.unwrap_or(Value::None))?;
    let (program, id, variables) = table_of(vm, block)?;
    let Some(table) = table(&program, id) else { return Ok(Value::None) };
    with_names(vm, variables, names, |vm| {
        let mut values = Vec::with_capacity(table.columns.len());
        for (_, code) in &table.columns {
            EngineHost::of(vm).probing += u32::from(tells);
            let value = vm.eval(&code.code, variables);
            EngineHost::of(vm).probing -= u32::from(tells);
            let value = match value {
                Err(Raised::Exception(_)) if tells => {
                    let text = not_available(vm, table, variables)?;
                    vm.str(text)?
                }
                other => other?,
            };
            values.push(vm.root(value));
        }
        vm.list(values)
    })
}

/// What stands where a value is missing.
fn not_available(vm: &mut Vm<'_>, table: &Table, variables: Value) -> PyResult<String> {
    table.not_available_label.as_ref().map_or_else(|| Ok("n/a".to_owned()), |label| render(vm, label, variables))
}

/// `table_cells(block, names)`: the cells of the row that `row_item` and `row_index` are. With `show incomplete`,
/// what is missing is shown as not available instead of being asked for.
fn table_cells(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [block, names] = args.bind(vm, "table_cells", ["block", "names"], 2)?;
    let (program, id, variables) = table_of(vm, block)?;
    let Some(table) = table(&program, id) else { return Ok(Value::None) };
    with_names(vm, variables, names, |vm| cells_of(vm, table, variables))
}

fn cells_of(vm: &mut Vm<'_>, table: &Table, variables: Value) -> PyResult<Value> {
    let mut cells = Vec::with_capacity(table.columns.len());
    for (_, code) in &table.columns {
        EngineHost::of(vm).probing += u32::from(table.show_incomplete);
        let value = vm.eval(&code.code, variables).and_then(|value| {
            vm.root(value);
            vm.to_str(value)
        });
        EngineHost::of(vm).probing -= u32::from(table.show_incomplete);
        let text = match value {
            Err(Raised::Exception(_)) if table.show_incomplete => not_available(vm, table, variables)?,
            other => other?,
        };
        let text = vm.str(text)?;
        cells.push(vm.root(text));
    }
    vm.list(cells)
}
