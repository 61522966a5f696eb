"""Settings, addresses, wiring and the embedded services. Imported by nobody."""
