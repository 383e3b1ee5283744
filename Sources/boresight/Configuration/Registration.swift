/// Whether people may make themselves users.
enum Registration: String, TextChoice {
    case open
    case closed
}
