/// Why a text is not JSON5, and where.
package struct JSON5Problem: Error, Equatable {
    package let place: TextPlace
    /// A sentence without a full stop.
    package let message: String

    package init(place: TextPlace, message: String) {
        self.place = place
        self.message = message
    }
}
