//! `serve`: opens everything, listens, and ends when it is asked to.

use std::io;
use std::net::{SocketAddr, TcpListener};

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpServer, rt};
use da_api::{ApiSettings, Edition};
use da_app::{App, AppError, FirstAccount};
use da_http::HttpSettings;
use da_web::WebSettings;
use tokio::net::TcpSocket;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::cli::Serve;
use crate::config::Config;
use crate::terminal::say;
use crate::wire;

/// Seconds that requests in flight get at the end.
const GRACE: u64 = 30;

/// How often old sessions are looked for.
const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);

/// How often mail is looked for that waits.
const MINUTE: std::time::Duration = std::time::Duration::from_secs(60);

/// How many connections may wait to be taken.
const BACKLOG: u32 = 1024;

/// Serves until a signal ends it.
pub(crate) fn run(arguments: &Serve) -> Result<(), String> {
    let config = arguments.place.read()?;
    for directive in &config.unsupported {
        tracing::warn!("the configuration has `{directive}`, which this server does not support yet: it has no effect");
    }
    rt::System::new().block_on(serve(&config, arguments))
}

async fn serve(config: &Config, arguments: &Serve) -> Result<(), String> {
    // Before the port is open: whoever can reach the server can also end it in good order.
    let mut signals = Signals::listen().map_err(|error| format!("signals cannot be received: {error}"))?;
    let port = Port::take(arguments.listen)?;
    let address = port.address;
    if address.ip().is_unspecified() && config.url_root.is_none() {
        tracing::warn!("links will lead to http://{address}: `url root` says where browsers find this server");
    }
    let origin = config.origin(&address.to_string());
    let app = wire::open_app(config, &arguments.place.data, &arguments.packages, &origin, true)?;
    wire::check(&app, config, &arguments.place.data).await?;
    app.files_check().await.map_err(|error| wire::told(&error))?;
    sweep(&app);
    expire(&app);
    let worker = app.clone();
    rt::spawn(async move { worker.work_in_background().await });
    send_mail(&app);
    for (name, file) in app.interviews_missing().map_err(|error| wire::told(&error))? {
        tracing::warn!("`dispatch` has `{name}` for {file}, and the packages of this server have no such interview");
    }
    // Only now: a start that fails leaves no account behind that nobody was told about.
    let first = tokio::select! {
        first = FirstStart::of(&app, arguments) => first?,
        () = signals.received() => return Ok(()),
    };
    // Whoever is let in is answered at once.
    let listening = port.open();
    let here = format!("http://{address}{}", config.path());
    if listening.is_ok() {
        say(&format!("da-server listens on {here}"));
    }
    if let Some(first) = first {
        first.tell(&here);
    }
    let running = server(&app, config, origin + config.path(), listening?).map_err(|error| error.to_string())?;
    let handle = running.handle();
    rt::spawn(async move {
        signals.received().await;
        tracing::info!("ending: requests in flight get {GRACE} seconds");
        handle.stop(true).await;
    });
    let ended = tokio::select! {
        ended = running => ended.map_err(|error| error.to_string()),
        broken = engine_broken(&app) => Err(wire::told(&broken)),
    };
    let closed = app.close().await.map_err(|error| wire::told(&error));
    ended.and(closed)
}

/// Why there is no engine. The server listens before it has one; without one it cannot stay.
async fn engine_broken(app: &App) -> AppError {
    match app.engine_check().await {
        Ok(()) => std::future::pending().await,
        Err(broken) => broken,
    }
}

/// Deletes what an earlier server left of files when it was killed, beside the first requests.
fn sweep(app: &App) {
    let app = app.clone();
    rt::spawn(async move {
        match app.files_sweep().await {
            Ok(0) => {}
            Ok(gone) => tracing::info!("{gone} contents that belonged to no file were deleted"),
            Err(failed) => tracing::warn!("the contents of files were not looked through: {}", wire::told(&failed)),
        }
    });
}

/// Deletes old sessions and values whose time is over, at the start and once an hour.
fn expire(app: &App) {
    let app = app.clone();
    rt::spawn(async move {
        let mut hours = rt::time::interval(HOUR);
        loop {
            hours.tick().await;
            match app.sessions_expire().await {
                Ok(0) => {}
                Ok(gone) => tracing::info!("{gone} old sessions were deleted"),
                Err(failed) => tracing::warn!("old sessions were not deleted: {}", wire::told(&failed)),
            }
            match app.kept_values_expire().await {
                Ok(0) => {}
                Ok(gone) => tracing::info!("{gone} values whose time is over were deleted"),
                Err(failed) => tracing::warn!("values whose time is over were not deleted: {}", wire::told(&failed)),
            }
        }
    });
}

/// Sends mail that waits because it could not be sent at once, at the start and every minute.
fn send_mail(app: &App) {
    let app = app.clone();
    rt::spawn(async move {
        let mut minutes = rt::time::interval(MINUTE);
        loop {
            minutes.tick().await;
            if let Err(failed) = app.mail_send_due().await {
                tracing::warn!("mail that waits was not looked for: {}", wire::told(&failed));
            }
        }
    });
}

/// A port that nobody else gets, and that nobody is let in by before it is opened.
struct Port {
    socket: TcpSocket,
    wanted: SocketAddr,
    address: SocketAddr,
}

impl Port {
    fn take(wanted: SocketAddr) -> Result<Self, String> {
        let bound = || {
            let socket = if wanted.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
            socket.set_reuseaddr(true)?;
            socket.bind(wanted)?;
            let address = socket.local_addr()?;
            Ok(Port { socket, wanted, address })
        };
        bound().map_err(|error| Self::refused(wanted, &error))
    }

    fn open(self) -> Result<TcpListener, String> {
        let opened = self.socket.listen(BACKLOG).and_then(tokio::net::TcpListener::into_std);
        opened.map_err(|error| Self::refused(self.wanted, &error))
    }

    fn refused(wanted: SocketAddr, error: &io::Error) -> String {
        format!("cannot listen on {wanted}: {error}; `--listen` names another")
    }
}

/// The server over an open port. It begins when it is awaited.
fn server(app: &App, config: &Config, base: String, listener: TcpListener) -> io::Result<Server> {
    let path = config.path().to_owned();
    let edition = if config.later_api { Edition::Later } else { Edition::Documented };
    let web = Data::new(WebSettings {
        path: path.clone(),
        https: config.behind_proxy || base.starts_with("https://"),
        api: Some(match edition {
            Edition::Later => || da_api::openapi::document(Edition::Later),
            Edition::Documented => || da_api::openapi::document(Edition::Documented),
        }),
    });
    let api = Data::new(ApiSettings { edition, base, path: path.clone() });
    let http = Data::new(HttpSettings {
        largest_body: config.largest_body,
        behind_proxy: config.behind_proxy,
        cross_site_domains: config.cross_site_domains.clone(),
        ..HttpSettings::default()
    });
    let shared = Data::new(app.clone());
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(shared.clone())
            .app_data(api.clone())
            .app_data(http.clone())
            .app_data(web.clone())
            .wrap(from_fn(da_http::gate))
            .configure(|config| doors(config, &path))
    });
    Ok(server.disable_signals().shutdown_timeout(GRACE).listen(listener)?.run())
}

/// The doors, below the path that `root` names.
fn doors(config: &mut ServiceConfig, path: &str) {
    if path.is_empty() {
        config.configure(da_api::configure).configure(da_web::configure);
        return;
    }
    let home = format!("{path}/");
    let below = web::scope(path).configure(da_api::configure).configure(da_web::configure);
    config.service(web::redirect(path.to_owned(), home)).service(below);
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

/// What is told once, at the first start.
struct FirstStart {
    email: String,
    /// What is told of the password.
    password: String,
    /// What is told of the key.
    key: String,
    /// How a command line gives the key.
    pasted: String,
}

impl FirstStart {
    /// Makes the first account; none where there are accounts.
    async fn of(app: &App, arguments: &Serve) -> Result<Option<Self>, String> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let (password, api_key) = (variable("DA_ADMIN_PASSWORD"), variable("DA_API_KEY"));
        let (password_given, key_given) = (password.is_some(), api_key.is_some());
        let wanted = FirstAccount { email: arguments.admin_email.clone(), password, api_key };
        let opened = app.account_first(wanted).await.map_err(|error| {
            let variables = "DA_ADMIN_EMAIL, DA_ADMIN_PASSWORD, DA_API_KEY";
            format!("the first account, which {variables} set: {}", wire::told(&error))
        })?;
        let Some(opened) = opened else {
            if password_given || key_given {
                tracing::info!(
                    "there are accounts already: DA_ADMIN_EMAIL, DA_ADMIN_PASSWORD and DA_API_KEY change none"
                );
            }
            return Ok(None);
        };
        let told = |is_given, variable, made: &str| match is_given {
            true => format!("(the one in {variable})"),
            false => made.to_owned(),
        };
        Ok(Some(FirstStart {
            password: told(password_given, "DA_ADMIN_PASSWORD", &opened.password),
            key: told(key_given, "DA_API_KEY", &opened.api_key),
            pasted: if key_given { "$DA_API_KEY".to_owned() } else { opened.api_key.clone() },
            email: opened.email,
        }))
    }

    /// Tells how to come in.
    fn tell(&self, address: &str) {
        let FirstStart { email, password, key, pasted } = self;
        say(&format!(
            "\nThis is the first start: an administrator's account was made. Its secrets are told this once.\n\n  \
             e-mail    {email}\n  password  {password}\n  API key   {key}\n\nTry it:\n\n  \
             curl -H \"X-API-Key: {pasted}\" {address}/api/list\n"
        ));
    }
}
