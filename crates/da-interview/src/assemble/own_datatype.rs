//! Datatypes that packages define (`CustomDataType`): what a form says is checked and made into a value by their classes.
//!
//! Forms alone are read so, as in docassemble: clients of the API send the value itself.

use super::{Evaluation, Flow};
use crate::block::BlockId;
use da_python::{Raised, Value};

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
        let written = self.written_field(place, variable).filter(|field| field.has_own_datatype());
        let Some(datatype) = written.and_then(|field| field.datatype.clone()) else { return Ok(Read::Value(value)) };
        let Some(reader) = self.vm.lookup(self.variables, "_from_control") else { return Ok(Read::Value(value)) };
        let (datatype, name) = (self.vm.str(datatype), self.vm.str(variable));
        let (datatype, name) = (self.flow_anywhere(datatype)?, self.flow_anywhere(name)?);
        self.vm.root(datatype);
        self.vm.root(name);
        match self.vm.call(reader, &[datatype, value, name]) {
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
}
