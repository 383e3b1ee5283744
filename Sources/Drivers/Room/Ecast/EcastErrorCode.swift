/// An error of the room service, by its number.
///
/// The names are those of the service's own client.
struct EcastErrorCode: RawRepresentable, Sendable, Equatable {
    let rawValue: Int64

    static let noSuchClient = Self(rawValue: 2008)
    static let roomNotFound = Self(rawValue: 2013)
    static let invalidRole = Self(rawValue: 2014)
    static let permissionDenied = Self(rawValue: 2023)
    static let roomHasEnded = Self(rawValue: 2027)

    /// Why nobody gets in who only watches, without account or password: the room is locked, full,
    /// licensed, behind a login or a password, or has no such role.
    private static let closedDoors: Set<Int64> = [
        2009, 2010, 2011, 2012, 2014, 2015, 2017, 2018, 2019, 2023, 2026,
    ]

    var refusesEntry: Bool { Self.closedDoors.contains(rawValue) }

    /// Inside of the room only these two are about the watcher; the others are about what it asked.
    var refusesWatchers: Bool { self == .invalidRole || self == .permissionDenied }
}
