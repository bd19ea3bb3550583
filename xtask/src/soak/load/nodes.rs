//! The servers of a run: one, or several that share a PostgreSQL, a bucket and a Redis.
//! It must never leave behind what it made: servers, schema, bucket on a stand-in that goes away.

use super::Args;
use super::database::Schema;
use crate::server::Server;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process;

/// How a server is ended.
#[derive(Clone, Copy)]
pub(super) enum Ending {
    Kill,
    Restart,
}

pub(super) struct Nodes {
    // Declared in the order in which they go: the schema outlives whoever uses it.
    servers: Vec<Server>,
    next: usize,
    _schema: Option<Schema>,
}

impl Nodes {
    pub(super) fn start(args: &Args, program: &Path, packages: &Path) -> Result<Self, String> {
        if args.nodes > 1 && (args.postgres.is_none() || args.s3.is_none()) {
            return Err("servers that share the load need --postgres and --s3".to_owned());
        }
        let schema = args.postgres.as_deref().map(Schema::make).transpose()?;
        let mut config = schema.as_ref().map_or_else(String::new, |schema| format!("db: \"{}\"\n", schema.url()));
        if args.nodes > 1 {
            // Servers that share a database share their key.
            config.push_str("secretkey: the key of one run of a soak\n");
        }
        if let Some(address) = &args.s3 {
            config.push_str(&bucket(address)?);
        }
        if let Some(address) = &args.redis {
            config.push_str(&format!("redis: {address}\n"));
        }
        let start = |_| Server::start(program, &config, Some(packages));
        let servers = (0..args.nodes).map(start).collect::<Result<_, _>>()?;
        Ok(Self { servers, next: 0, _schema: schema })
    }

    pub(super) fn addresses(&self) -> Vec<SocketAddr> {
        self.servers.iter().map(Server::address).collect()
    }

    pub(super) fn first_address(&self) -> Result<SocketAddr, String> {
        self.servers.first().map(Server::address).ok_or_else(|| "there is no server".to_owned())
    }

    /// Ends one server after the other, each time the next, and starts it again.
    pub(super) fn end_next(&mut self, ending: Ending) -> Result<(), String> {
        let place = self.next % self.servers.len();
        self.next += 1;
        let server = &mut self.servers[place];
        let again = match ending {
            Ending::Kill => server.kill_and_start_again(),
            Ending::Restart => server.end_and_start_again(),
        };
        again.map(drop)
    }

    /// The most that one of them held.
    pub(super) fn peak_memory(&self) -> Option<u64> {
        self.servers.iter().filter_map(Server::peak_memory).max()
    }

    pub(super) fn show_last_words(&self) {
        self.servers.iter().for_each(Server::show_last_words);
    }

    pub(super) fn stop(self) -> Result<(), String> {
        self.servers.into_iter().try_for_each(Server::stop)
    }
}

/// Makes a bucket of the run's own on a stand-in that takes any key; what the configuration says of it.
fn bucket(address: &str) -> Result<String, String> {
    let bucket = format!("da-soak-{}", process::id());
    let host =
        address.strip_prefix("http://").ok_or("--s3 names a stand-in by http://HOST:PORT")?.trim_end_matches('/');
    let cannot = |error: std::io::Error| format!("a bucket cannot be made on {address}: {error}");
    let mut stream = TcpStream::connect(host).map_err(cannot)?;
    let request = format!("PUT /{bucket} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).map_err(cannot)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(cannot)?;
    let answer = String::from_utf8_lossy(&answer);
    if answer.lines().next().is_none_or(|line| !line.contains(" 200 ")) {
        return Err(format!("a bucket cannot be made on {address}: {answer}"));
    }
    Ok(format!(
        "s3:\n  bucket: {bucket}\n  access key id: soak\n  secret access key: soak\n  endpoint url: http://{host}\n"
    ))
}
