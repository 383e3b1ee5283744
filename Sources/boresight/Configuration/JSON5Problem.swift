/// Why a text is not JSON5, and where.
struct JSON5Problem: Error, Equatable {
    let place: TextPlace
    /// A sentence without a full stop.
    let message: String
}
