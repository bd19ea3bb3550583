//! [`Call`]: a request whose form was read and whose key was judged.
//!
//! A desk gets nothing else: there is no way to it without a caller.

use std::sync::Arc;

use actix_web::dev::{Path, Url};
use actix_web::http::header::{ORIGIN, REFERER};
use actix_web::web::{Data, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use da_app::{App, AppError, CameFrom, Fault, Sent, SessionAt, Terms, Told};
use da_core::{Caller, Device, Outcome, UserId};
use da_http::{Parameters, RealAddress, credentials, device};
use tracing::Instrument;

use crate::answer;
use crate::demands::Demands;
use crate::error::{ApiError, Edition, Refusal};
use crate::hint;
use crate::settings::ApiSettings;

/// What a desk answers.
pub(crate) type Answer = Result<HttpResponse, Refusal>;

/// A request with its caller.
pub(crate) struct Call {
    pub(crate) app: Data<App>,
    pub(crate) settings: Data<ApiSettings>,
    pub(crate) caller: Caller,
    /// The key that the call was made with.
    pub(crate) key: String,
    pub(crate) parameters: Parameters,
    /// The files that were sent along.
    pub(crate) sent: Vec<Sent>,
    /// What the headers demand.
    pub(crate) demands: Demands,
    /// Where it comes from.
    pub(crate) device: Arc<Device>,
    path: Path<Url>,
}

impl Call {
    /// Form and Key: reads the parameters and finds out who asks.
    pub(crate) async fn read(request: &HttpRequest, payload: Payload) -> Result<Call, Refusal> {
        let app = request.app_data::<Data<App>>().cloned().ok_or(ApiError::Internal)?;
        let settings = request.app_data::<Data<ApiSettings>>().cloned().unwrap_or_default();
        // Files are kept for those alone whose key is good by what stands before them.
        let judge = async |so_far: &Parameters| Call::judge(&app, request, so_far).await.map(drop);
        let reading = Parameters::read(request, payload, judge).instrument(tracing::debug_span!("Form"));
        let (parameters, sent) = reading.await?;
        let (key, caller) = Call::judge(&app, request, &parameters).await?;
        let demands = Demands::read(request, &parameters, &sent)?;
        let (device, path) = (Arc::new(device(request)), request.match_info().clone());
        Ok(Call { app, settings, caller, key, parameters, sent, demands, device, path })
    }

    /// The key of a request, and who that is.
    async fn judge(app: &App, request: &HttpRequest, said: &Parameters) -> Result<(String, Caller), Refusal> {
        let no_key = || Refusal::from(ApiError::AccessDenied).hinted(Some(hint::without_key(request, said)));
        let key = credentials::api_key(request, said).ok_or_else(no_key)?;
        let caller = app.caller_by_key(&key, &came_from(request)).instrument(tracing::debug_span!("Key")).await?;
        Ok((key, caller))
    }

    /// The session that the parameters name.
    pub(crate) fn session(&self) -> Result<SessionAt, Refusal> {
        let named = (self.parameters.filled("i"), self.parameters.filled("session"));
        let (Some(interview), Some(session)) = named else { return Err(ApiError::NeedsSession.into()) };
        let at = SessionAt::parse(&interview, &session, self.parameters.filled("secret"))?;
        Ok(at.asked_from(&self.device))
    }

    /// A part of the path.
    pub(crate) fn part(&self, name: &str) -> Option<&str> {
        self.path.get(name)
    }

    /// The number of a user in the path.
    pub(crate) fn user_id(&self) -> Result<UserId, Refusal> {
        let number = self.path.get("user_id").and_then(|text| text.parse().ok());
        // Quirk: to docassemble 1.10 what is no number is no address.
        let other = match self.settings.edition {
            Edition::Documented => ApiError::UserIdNotInteger,
            Edition::Later => ApiError::NoRoute,
        };
        number.map(UserId).ok_or_else(|| other.into())
    }

    /// `question`: whether the current question is wanted.
    pub(crate) fn wants_question(&self) -> bool {
        self.parameters.flag("question").unwrap_or(true)
    }

    /// What a request of a session demands; `tell` makes the answer, `refuse` the refusal.
    pub(crate) fn terms(
        &self,
        tell: impl Fn(&Outcome) -> Told + Send + 'static,
        refuse: fn(&AppError) -> ApiError,
    ) -> Terms {
        self.demands.terms(self.settings.edition, tell, refuse)
    }

    /// What is told of an outcome: the question, where it is wanted.
    pub(crate) fn teller(&self) -> impl Fn(&Outcome) -> Told + Clone + Send + 'static {
        let (caller, wants) = (self.caller.clone(), self.wants_question());
        move |outcome| if wants { answer::told(outcome, &caller) } else { answer::nothing() }
    }

    /// Whether a failure means that there is nothing to delete.
    pub(crate) fn is_nothing(refusal: &Refusal) -> bool {
        refusal.fault() == Some(Fault::NoSession)
    }
}

/// Where a call comes from.
fn came_from(request: &HttpRequest) -> CameFrom {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let referrer = header(REFERER).filter(|referrer| !referrer.is_empty()).or_else(|| header(ORIGIN));
    let address = request.extensions().get::<RealAddress>().map(|address| address.0.clone()).unwrap_or_default();
    CameFrom { address, referrer }
}
