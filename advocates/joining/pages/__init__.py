"""Pages about nominations and invitations: propose, decide, invite (IDN-2, ENR-1)."""
