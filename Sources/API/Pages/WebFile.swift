/// A file of the web pages, carried inside the program.
struct WebFile {
    let bytes: [UInt8]
    let contentType: String

    init?(_ name: String) {
        guard let content = Self.all[name] else { return nil }
        bytes = content
        contentType =
            switch name.split(separator: ".").last {
            case "html": "text/html; charset=utf-8"
            case "css": "text/css; charset=utf-8"
            case "js": "text/javascript; charset=utf-8"
            default: "image/svg+xml"
            }
    }

    private static let all: [String: [UInt8]] = [
        "boresight.css": PackageResources.boresight_css,
        "laptop.html": PackageResources.laptop_html,
        "laptop.js": PackageResources.laptop_js,
        "live.js": PackageResources.live_js,
        "panel.js": PackageResources.panel_js,
        "phone.html": PackageResources.phone_html,
        "phone.js": PackageResources.phone_js,
        "polar.js": PackageResources.polar_js,
        "relay.js": PackageResources.relay_js,
        "rotors.js": PackageResources.rotors_js,
        "sharing.js": PackageResources.sharing_js,
        "stage.css": PackageResources.stage_css,
        "stage.html": PackageResources.stage_html,
        "stage.js": PackageResources.stage_js,
    ]
}
