/// `boresight rotor`: the noun and its verbs.
enum RotorCommands {
    static let command = Command(
        "rotor", "List, set up and move rotors",
        discussion: """
            ROTOR is a rotor's number or its name. Moving one needs a token with the right
            rotor.operate; 'stop' takes any.
            """,
        verbs: [
            RotorList.command, RotorAdd.command, RotorChange.command, RotorDelete.command,
            RotorPosition.command, RotorPoint.command, RotorStop.command, RotorPark.command,
            RotorPair.command,
            RotorUnpair.command, RotorTest.command,
        ])
}
