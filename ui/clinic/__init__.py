"""The page Clinic: any run as a patient, what was measured of it, and cures that are tried."""
