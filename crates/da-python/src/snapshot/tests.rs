//! Round trips, reports and hostile bytes.
