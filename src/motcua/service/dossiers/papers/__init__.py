"""The papers of a dossier: the receipt-and-appointment slip, the control slip that travels with it, and letters.

`issuing` finds the paper that was issued, or works out its data (`slip`, `control`, `letter`), has it set and keeps it.
"""
