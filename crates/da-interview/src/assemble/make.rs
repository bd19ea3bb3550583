//! Makes what blocks define without asking: objects and data.

use super::{Evaluation, Flow};
use crate::block::{BlockId, Data, ObjectSpec};
use da_python::names::{Step, Target};

impl Evaluation<'_, '_> {
    /// Makes an object. One that is part of another is made by it, so that it is named after it; an
    /// object that is there already stays unless it was sought.
    pub(crate) fn make_object(&mut self, place: BlockId, object: &ObjectSpec, name: &str, sought: bool) -> Flow<()> {
        if !sought && self.is_defined(name)? {
            return Ok(());
        }
        let class = self.expression(place, &object.class)?;
        let target = self.target(name)?;
        if let Some((Step::Attribute(attribute), rest)) = target.path.split_last() {
            let owner = Target { name: target.name.clone(), path: rest.to_vec() };
            let owner = self.value_of_or_seek(&owner.to_string())?;
            let attribute = self.vm.str(attribute.as_str());
            let attribute = self.flow(attribute, place)?;
            let made = self.vm.call_method(owner, "initializeAttribute", &[attribute, class]);
            return self.flow(made, place).map(drop);
        }
        let text = self.vm.str(name);
        let text = self.flow(text, place)?;
        let make = self.vm.lookup(self.variables, "_make_object");
        let Some(make) = make else { return Err(self.unsupported(place, "objects")) };
        let made = self.vm.call(make, &[class, text]);
        let made = self.flow(made, place)?;
        self.assign(&target, made)
    }

    /// Defines the variable of a `data` block: the one that is sought, or else the one that the block names.
    pub(crate) fn make_data(&mut self, place: BlockId, data: &Data, sought: Option<&str>) -> Flow<()> {
        let (variable, use_objects) = match data {
            Data::Value { variable, use_objects, .. } | Data::FromCode { variable, use_objects, .. } => {
                (variable, use_objects)
            }
            Data::ObjectsFromFile { .. } => return Err(self.unsupported(place, "objects from file")),
        };
        if use_objects.as_ref().is_some_and(|given| !given.is(false)) {
            return Err(self.unsupported(place, "'use objects' of a data block"));
        }
        let value = match data {
            Data::FromCode { value, .. } => self.code_tree(place, value)?,
            Data::Value { value, .. } => self.given(place, value)?,
            Data::ObjectsFromFile { .. } => return Ok(()),
        };
        let target = self.target(sought.unwrap_or(variable))?;
        self.assign(&target, value)
    }
}
