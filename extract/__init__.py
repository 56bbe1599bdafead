"""Room for what is printed, and where: PDF -> pages -> words, rules and fills -> cells -> one logical table; the decree."""
