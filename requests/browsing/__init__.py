"""Who could help, told without names; asking for an introduction (BRW-1)."""
