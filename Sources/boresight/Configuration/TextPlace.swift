/// Where something stands in a text file; line and column count from 1, columns in characters.
struct TextPlace: Equatable, Sendable {
    var line = 1
    var column = 1
}
