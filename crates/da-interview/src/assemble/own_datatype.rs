//! Datatypes that packages define (`CustomDataType`): what a form says is checked and made into a value by their classes.
//!
//! Forms alone are read so, as in docassemble: clients of the API send the value itself.

use super::{Evaluation, Flow, from_plain, to_plain};
use crate::block::{BlockField, BlockId, Given, Python};
use da_core::{Field, OwnControl, Plain};
use da_python::machine::{Raised, Value};

/// What became of the text of a control.
pub(super) enum Read {
    /// The value of the variable.
    Value(Value),
    /// The control is empty, and the variable stays without a value.
    Nothing,
    /// What is wrong.
    Wrong(String),
}

impl Evaluation<'_, '_> {
    /// Reads what stands in the control of a variable; what is of no datatype of a package stays as it is.
    pub(super) fn read_control(&mut self, place: BlockId, variable: &str, value: Value) -> Flow<Read> {
        let written = self.written_field(place, variable);
        if let Some(model) = written.filter(|field| matches!(field.datatype.as_deref(), Some("ml" | "mlarea"))) {
            return self.model_of(place, variable, value, model);
        }
        if let Some(written) = written.filter(|field| field.has_objects()) {
            return match written.has_many() {
                true => self.chosen_objects(place, variable, value),
                false => self.chosen_object(value),
            };
        }
        let written = written.filter(|field| field.has_own_datatype());
        let Some(written) = written else { return Ok(Read::Value(value)) };
        let datatype = written.datatype.clone().unwrap_or_default();
        let parameters = self.parameters(place, written)?;
        let Some(reader) = self.own_function("_from_control") else { return Ok(Read::Value(value)) };
        let (datatype, name) = (self.vm.str(datatype), self.vm.str(variable));
        let (datatype, name) = (self.flow_anywhere(datatype)?, self.flow_anywhere(name)?);
        self.vm.root(datatype);
        self.vm.root(name);
        match self.vm.call(reader, &[datatype, value, name, parameters]) {
            Ok(read) => {
                self.vm.root(read);
                match self.vm.as_tuple(read) {
                    Some(&[made]) => Ok(Read::Value(self.vm.root(made))),
                    _ => Ok(Read::Nothing),
                }
            }
            Err(Raised::Exception(exception)) if self.is_complaint(exception) => {
                self.complaint(Raised::Exception(exception)).map(|(_, text)| Read::Wrong(text))
            }
            Err(raised) => self.flow_anywhere(Err(raised)),
        }
    }

    /// What is predicted from the text of a field of the datatype `ml`.
    fn model_of(&mut self, place: BlockId, variable: &str, text: Value, written: &BlockField) -> Flow<Read> {
        let Some(make) = self.own_function("_model_of") else { return Ok(Read::Value(text)) };
        self.vm.root(text);
        let group = written.more("using").map(|given| self.given_plain(place, given)).transpose()?;
        let trains = written.more("keep for training").map(|given| self.given_plain(place, given)).transpose()?;
        let mut arguments = Vec::with_capacity(4);
        let told = [Plain::from(variable), group.unwrap_or(Plain::Null), trains.unwrap_or(Plain::Bool(true))];
        for plain in &told {
            let value = from_plain(&mut self.vm, plain);
            let value = self.flow(value, place)?;
            arguments.push(self.vm.root(value));
        }
        arguments.insert(1, text);
        let made = self.vm.call(make, &arguments);
        let made = self.flow(made, place)?;
        Ok(Read::Value(self.vm.root(made)))
    }

    /// Says how the control of a field looks whose datatype a package defines.
    pub(super) fn own_control(&mut self, place: BlockId, written: &BlockField, field: &mut Field) -> Flow<()> {
        if !written.has_own_datatype() {
            return Ok(());
        }
        let Some(describe) = self.own_function("_own_control") else { return Ok(()) };
        let variable = field.variable.clone().unwrap_or_default();
        let present = self.present(&variable)?.unwrap_or(Value::None);
        self.vm.root(present);
        let parameters = self.parameters(place, written)?;
        let datatype = self.vm.str(written.datatype.clone().unwrap_or_default());
        let datatype = self.flow(datatype, place)?;
        self.vm.root(datatype);
        let name = self.vm.str(variable);
        let name = self.flow(name, place)?;
        self.vm.root(name);
        let described = self.vm.call(describe, &[datatype, present, name, parameters]);
        let described = self.flow(described, place)?;
        let described = to_plain(&mut self.vm, described);
        let described = self.flow(described, place)?;
        let text = |name: &str| described.get(name).and_then(Plain::as_text).map(str::to_owned);
        let Some(input_type) = text("input_type") else { return Ok(()) };
        let data = described.get("data").and_then(Plain::as_map).unwrap_or_default();
        field.own = Some(Box::new(OwnControl {
            input_type,
            input_class: text("input_class").unwrap_or_default(),
            container_class: text("container_class").unwrap_or_default(),
            data: data.iter().map(|(name, value)| (name.clone(), value.form_text())).collect(),
            default: text("default"),
        }));
        Ok(())
    }

    /// What the field tells its datatype beside the value (`parameters`, `code_parameters`, `mako_parameters`), as a dictionary.
    fn parameters(&mut self, place: BlockId, written: &BlockField) -> Flow<Value> {
        let dict = self.vm.dict();
        let dict = self.flow(dict, place)?;
        self.vm.root(dict);
        let Some(kind_of) = self.own_function("_parameter_kind") else { return Ok(dict) };
        let datatype = self.vm.str(written.datatype.clone().unwrap_or_default());
        let datatype = self.flow(datatype, place)?;
        self.vm.root(datatype);
        for (key, given) in &written.more {
            let name = self.vm.str(key.as_str());
            let name = self.flow(name, place)?;
            self.vm.root(name);
            let kind = self.vm.call(kind_of, &[datatype, name]);
            let kind = self.flow(kind, place)?;
            let value = match self.vm.text(kind).as_deref() {
                Some("code") => self.parameter_of_code(place, given, written.line)?,
                Some(_) => {
                    let plain = self.given_plain(place, given)?;
                    let value = from_plain(&mut self.vm, &plain);
                    self.flow(value, place)?
                }
                None => continue,
            };
            self.vm.root(value);
            let set = self.vm.dict_set(dict, name, value);
            self.flow(set, place)?;
        }
        Ok(dict)
    }

    /// A parameter that is Python: which ones are, only the module of the datatype knows.
    fn parameter_of_code(&mut self, place: BlockId, given: &Given, line: u32) -> Flow<Value> {
        let Given::Text(text) = given else { return self.given(place, given) };
        let Some(source) = text.literal() else { return self.given(place, given) };
        match Python::expression(source, &self.block(place).file, line) {
            Ok(python) => self.expression(place, &python),
            Err(fault) => {
                let raised = self.vm.raise("SyntaxError", fault.message);
                self.flow(Err(raised), place)
            }
        }
    }
}
