"""Fine-tune runs, their checkpoints and evaluations. Knows curation by its public module; knows no ledger."""
