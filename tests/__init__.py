"""All tests. A folder whose fixtures end with its last test is a package; the others need not be."""
