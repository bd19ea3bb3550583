//! `serve`: opens everything, listens, and ends when it is asked to.

use std::io;

use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{HttpServer, rt};
use da_api::{ApiSettings, Edition};
use da_app::{App, FirstAccount};
use da_http::HttpSettings;
use da_web::WebSettings;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::cli::Serve;
use crate::config::Config;
use crate::terminal::say;
use crate::wire;

/// Seconds that requests in flight get at the end.
const GRACE: u64 = 30;

/// Serves until a signal ends it.
pub(crate) fn run(arguments: &Serve) -> Result<(), String> {
    let config = arguments.place.read()?;
    for directive in &config.unsupported {
        tracing::warn!("the configuration has `{directive}`, which this server does not support yet: it has no effect");
    }
    let base = config.base(&arguments.listen.to_string());
    let app = wire::open_app(&config, &arguments.place.data, &arguments.packages, &base, true)?;
    rt::System::new().block_on(serve(app, &config, arguments, base))
}

async fn serve(app: App, config: &Config, arguments: &Serve, base: String) -> Result<(), String> {
    let path = config.root.trim_end_matches('/').to_owned();
    let web = Data::new(WebSettings { path: path.clone(), https: config.behind_proxy || base.starts_with("https://") });
    let api = Data::new(ApiSettings {
        edition: if config.later_api { Edition::Later } else { Edition::Documented },
        base,
        path,
    });
    let http = Data::new(HttpSettings {
        largest_body: config.largest_body,
        behind_proxy: config.behind_proxy,
        cross_site_domains: config.cross_site_domains.clone(),
    });
    let shared = Data::new(app.clone());
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(shared.clone())
            .app_data(api.clone())
            .app_data(http.clone())
            .app_data(web.clone())
            .wrap(from_fn(da_http::gate))
            .configure(da_api::configure)
            .configure(da_web::configure)
    });
    // Before the port is open: whoever can reach the server can also end it in good order.
    let mut signals = Signals::listen().map_err(|error| format!("signals cannot be received: {error}"))?;
    let listen = arguments.listen;
    let taken = |error: io::Error| format!("cannot listen on {listen}: {error}");
    let server = server.disable_signals().shutdown_timeout(GRACE).bind(listen).map_err(taken)?;
    let address = format!("http://{}", server.addrs().first().copied().unwrap_or(listen));
    // Only now: a start that fails leaves no account behind that nobody was told about.
    tokio::select! {
        told = introduce(&app, arguments, &address) => told?,
        () = signals.received() => return Ok(()),
    }
    let running = server.run();
    let handle = running.handle();
    rt::spawn(async move {
        signals.received().await;
        tracing::info!("ending: requests in flight get {GRACE} seconds");
        handle.stop(true).await;
    });
    running.await.map_err(|error| error.to_string())
}

/// The signals that end the server.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Signals { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn received(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Tells the address, and at the first start how to come in.
async fn introduce(app: &App, arguments: &Serve, address: &str) -> Result<(), String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (password, api_key) = (variable("DA_ADMIN_PASSWORD"), variable("DA_API_KEY"));
    let (password_given, key_given) = (password.is_some(), api_key.is_some());
    let wanted = FirstAccount { email: arguments.admin_email.clone(), password, api_key };
    let opened = app.account_first(wanted).await.map_err(|error| format!("the first account: {error}"))?;
    say(&format!("da-server listens on {address}"));
    let Some(opened) = opened else { return Ok(()) };
    let password = if password_given { "(the one in DA_ADMIN_PASSWORD)" } else { &opened.password };
    let key = if key_given { "(the one in DA_API_KEY)" } else { &opened.api_key };
    let pasted = if key_given { "$DA_API_KEY" } else { &opened.api_key };
    say(&format!(
        "\nThis is the first start: an administrator's account was made. Its secrets are told this once.\n\n  \
         e-mail    {}\n  password  {password}\n  API key   {key}\n\nTry it:\n\n  \
         curl -H \"X-API-Key: {pasted}\" {address}/api/list\n",
        opened.email
    ));
    Ok(())
}
