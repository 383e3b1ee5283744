/// Where gpsd is, or that there is none.
enum GpsdAddress: TextValue, Equatable {
    case none
    case server(HostPort)

    static let placeholder = "HOST:PORT|none"

    init(text: String) throws(TextValueProblem) {
        self = text == "none" ? .none : .server(try HostPort(text: text))
    }
}
