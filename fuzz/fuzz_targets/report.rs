#![no_main]
hadome_fuzz::target!("report");
