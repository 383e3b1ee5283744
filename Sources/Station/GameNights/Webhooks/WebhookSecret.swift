import JSON

/// A webhook's secret in the store: in a column of secrets, which a recording replaces.
enum WebhookSecret {
    static func json(_ secret: String) -> String {
        JSONValue.object(["password": .string(secret)]).text
    }

    static func read(_ json: String) -> String? {
        (try? JSONReader.read(Array(json.utf8)))?.objectValue?["password"]?.stringValue
    }
}
