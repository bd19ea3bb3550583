//! The API's handlers, through actix's test service, over a database of their own.

mod accounts;
mod actions;
mod at_rest;
mod clients;
mod config;
mod conventions;
mod demands;
mod devices;
mod documents;
mod doors;
mod every_route;
mod fetched_packages;
mod files;
mod interview_data;
mod interviews;
mod keys;
mod listing;
mod packages;
mod playground;
mod progress;
mod secrets;
mod sessions;
mod successes;
mod walk;
mod who_may;
