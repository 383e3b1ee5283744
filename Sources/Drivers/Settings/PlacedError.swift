package import JSON

/// Why a settings file cannot be used, and where.
package struct PlacedError: Error, Sendable, Equatable, CustomStringConvertible {
    package let place: TextPlace
    package let message: String

    init(_ place: TextPlace, _ message: String) {
        self.place = place
        self.message = message
    }

    package var description: String {
        "line \(place.line), column \(place.column): \(message)"
    }
}
