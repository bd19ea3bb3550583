//! What the configuration tells the doors. Plain data.

/// The settings of the doors.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// `maximum content length`: bytes that a body may have.
    pub largest_body: usize,
    /// `behind https load balancer`: the address of the caller is what the proxy in front says.
    pub behind_proxy: bool,
    /// `cross site domains`; empty means every domain, without credentials.
    pub cross_site_domains: Vec<String>,
}

impl HttpSettings {
    /// 16 MiB, as docassemble has it.
    pub const LARGEST_BODY: usize = 16 << 20;
}

impl Default for HttpSettings {
    fn default() -> Self {
        HttpSettings { largest_body: Self::LARGEST_BODY, behind_proxy: false, cross_site_domains: Vec::new() }
    }
}
