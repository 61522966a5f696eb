"""The video model behind one interface: adapters, codecs and the conditions they read.

Runs on torch alone. It refuses to know where a record, a job or a file came from, and it refuses a request
that an adapter cannot serve, with the reason, rather than dropping the condition.
"""
