"""Messages to citizens: written in the verb's transaction, sealed, sent by a job through a port.

In the demonstration they are sent nowhere: the page `/tin-nhan` shows them to the agency that would have sent them.
"""
