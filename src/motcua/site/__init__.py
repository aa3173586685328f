"""Settings, URL mounts and the `motcua` command; nothing else."""
