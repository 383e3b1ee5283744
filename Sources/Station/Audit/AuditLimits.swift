/// The bounds of the audit.
package struct AuditLimits: Sendable {
    /// Entries that are kept, in memory and in the store: some months of a station. This many
    /// take 7 MB in the file and 40 MB in memory, which a small computer has to spare.
    package var entries = 20_000
    /// How many of the oldest go at once when there are more, so that not every entry brings one
    /// that says where the chain begins now.
    package var trimmedAtOnce = 1000
    /// Unicode scalar values of a text of an entry: an error's message has at most about half.
    package var textScalars = 500
    /// Within this time equal things are counted.
    package var window = Duration.seconds(60)
    /// Equal refusals that stand for themselves within the window: who mistypes a password is seen
    /// trying, who tries thousands takes one entry a minute more.
    package var equalRefusals = 10
    /// Equal changes by somebody known that do: nobody clicks more often than once a second.
    package var equalChanges = 60
    /// Movements told over the relay that do: a hand on a slider sends ten of them a second.
    package var equalMovements = 1
    /// Kinds of things that are counted at a time, a few hundred bytes each.
    package var counters = 1000
    /// Entries that strangers can cause at once, and then within an hour: whoever knocks without
    /// end, from any number of addresses, needs a week to push out what was kept before.
    package var strangersEntries = 100

    package init() {}
}
