//! The engine is built once, beside what else a start does: a server listens before it has read the preludes.

use std::sync::{Arc, OnceLock};
use std::thread;

use da_interview::{Engine, EngineError};

use crate::app::Inner;
use crate::{App, AppError};

/// The engine, built by whoever needs it first; others wait for it meanwhile.
#[derive(Clone, Default)]
pub struct EngineOnce(Arc<OnceLock<Result<Engine, EngineError>>>);

impl EngineOnce {
    /// Begins to build it on a thread of its own. What the reading of the preludes leaves free goes back with the thread.
    pub fn begin() -> Self {
        let coming = EngineOnce::default();
        let once = coming.clone();
        // Without a thread it is built when it is needed.
        let _begun = thread::Builder::new().name("engine".to_owned()).spawn(move || once.built().is_ok());
        coming
    }

    fn built(&self) -> Result<&Engine, AppError> {
        let built = self.0.get_or_init(Engine::new).as_ref();
        built.map_err(|error| AppError::internal(error.clone()))
    }
}

impl From<Engine> for EngineOnce {
    fn from(engine: Engine) -> Self {
        EngineOnce(Arc::new(OnceLock::from(Ok(engine))))
    }
}

impl App {
    /// Waits until the engine is there.
    ///
    /// # Errors
    /// [`Fault::Internal`](crate::Fault::Internal): the parts that are compiled in do not fit together.
    pub async fn engine_check(&self) -> Result<(), AppError> {
        let app = self.clone();
        tokio::task::spawn_blocking(move || app.0.engine.built().map(drop)).await.map_err(AppError::internal)?
    }
}

impl Inner {
    /// The engine, with this server's settings, for reading an interview. Blocking until it is there.
    pub(crate) fn engine(&self) -> Result<Engine, AppError> {
        Ok(self.engine.built()?.clone().with_settings(&self.settings.interview))
    }
}

#[cfg(test)]
mod tests {
    use super::EngineOnce;

    #[test]
    fn whoever_waits_gets_the_engine_that_was_begun() {
        let once = EngineOnce::begin();
        let others = [once.clone(), once.clone()].map(|once| {
            std::thread::spawn(move || once.built().map(|engine| std::ptr::from_ref(engine).addr()).map_err(|_| ()))
        });
        let own = once.built().map(|engine| std::ptr::from_ref(engine).addr()).map_err(|_| ());
        assert!(own.is_ok());
        for other in others {
            assert_eq!(other.join().ok(), Some(own));
        }
    }
}
