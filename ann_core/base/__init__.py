"""What every room uses: registries, fields of settings, spelling."""
