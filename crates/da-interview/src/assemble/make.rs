//! Makes what blocks define without asking: objects and data.

use super::{Evaluation, Flow};
use crate::block::{BlockId, Data, Given, ObjectSpec, normal_name};
use da_python::machine::Value;
use da_python::machine::names::{Step, Target};

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
            let owner = self.value_of_target(&owner)?;
            let attribute = self.vm.str(attribute.as_str());
            let attribute = self.flow(attribute, place)?;
            let made = self.vm.call_method(owner, "initializeAttribute", &[attribute, class]);
            return self.flow(made, place).map(drop);
        }
        let text = self.vm.str(name);
        let text = self.flow(text, place)?;
        let make = self.own_function("_make_object");
        let Some(make) = make else { return Err(self.unsupported(place, "objects")) };
        let made = self.vm.call(make, &[class, text]);
        let made = self.flow(made, place)?;
        self.assign(&target, made)
    }

    /// Defines the variable of a `data` block: the one that is sought, or else the one that the block names.
    pub(crate) fn make_data(&mut self, place: BlockId, data: &Data, sought: Option<&str>) -> Flow<()> {
        let (variable, value, use_objects, gathered) = match data {
            Data::Value { variable, value, use_objects, gathered } => {
                (variable, self.given(place, value)?, use_objects, gathered)
            }
            Data::FromCode { variable, value, use_objects, gathered } => {
                (variable, self.code_tree(place, value)?, use_objects, gathered)
            }
            Data::ObjectsFromFile { variables, use_objects, gathered } => {
                return self.objects_from_file(place, variables, use_objects.as_ref(), *gathered, sought);
            }
        };
        self.vm.root(value);
        let name = sought.unwrap_or(variable);
        let how = self.how(place, use_objects.as_ref())?;
        if matches!(how, Value::None | Value::False) {
            return self.assign(&self.target(name)?, value);
        }
        self.made_by("_objects_of_block", place, name, |name| vec![value, name, how, Value::from(*gathered)])
    }

    /// `use objects`: what stands in the place of lists and dictionaries.
    fn how(&mut self, place: BlockId, use_objects: Option<&Given>) -> Flow<Value> {
        let how = use_objects.map_or(Ok(Value::None), |given| self.given(place, given))?;
        Ok(self.vm.root(how))
    }

    /// Defines the variables of an `objects from file` block: the sought one, or all that are not there.
    fn objects_from_file(
        &mut self,
        place: BlockId,
        variables: &[(String, String)],
        use_objects: Option<&Given>,
        gathered: bool,
        sought: Option<&str>,
    ) -> Flow<()> {
        let how = self.how(place, use_objects)?;
        let package = self.vm.str(self.block(place).package());
        let package = self.flow(package, place)?;
        self.vm.root(package);
        for (variable, file) in variables {
            let wanted = match sought {
                Some(sought) => normal_name(variable) == sought || variables.len() == 1,
                None => !self.is_defined(variable)?,
            };
            if !wanted {
                continue;
            }
            let file = self.vm.str(file.as_str());
            let file = self.flow(file, place)?;
            self.vm.root(file);
            let gathered = Value::from(gathered);
            self.made_by("objects_from_file", place, sought.unwrap_or(variable), |name| {
                vec![file, Value::True, gathered, name, how, package]
            })?;
        }
        Ok(())
    }

    /// Defines a variable as what a function of the standard names makes; `arguments` are made from its name.
    pub(super) fn made_by(
        &mut self,
        function: &str,
        place: BlockId,
        name: &str,
        arguments: impl FnOnce(Value) -> Vec<Value>,
    ) -> Flow<()> {
        let Some(function) = self.own_function(function) else {
            return Err(self.unsupported(place, "objects from data"));
        };
        let text = self.vm.str(name);
        let text = self.flow(text, place)?;
        self.vm.root(text);
        let made = self.vm.call(function, &arguments(text));
        let made = self.flow(made, place)?;
        self.assign(&self.target(name)?, made)
    }
}
