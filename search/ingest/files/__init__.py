"""Any file as a stream with its limits: opened, unpacked, decoded, guarded."""
