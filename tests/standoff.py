"""A text with brat's annotations of it: three mentions, a quote, an event and a note."""

TEXT = "Sergey Lavrov met Rubio in Malaysia. Moscow is ready."

LAVROV, RUBIO, MALAYSIA, MOSCOW = (0, 13), (18, 23), (27, 35), (37, 43)


def places(labels):
    return [
        (m["start"], m["end"], m["type"]) if isinstance(m, dict) else tuple(m)
        for m in labels
    ]  # fmt: skip


ANN = """T1\tPERSON 0 13\tSergey Lavrov
T2\tContent 44 46;47 52\tis ready
T3\tSpeaker 37 43\tMoscow
A1\tQuoteType T2 indirect
R1\tSpeaker Arg1:T2 Arg2:T3
E1\tMeet:T1
#1\tAnnotatorNotes T1\ta person
"""
