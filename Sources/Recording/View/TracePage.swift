import JSON

/// A recording as one page of HTML that needs no network, no server and no library.
///
/// The page's policy lets only its own script and style run, whatever a recording holds.
package enum TracePage {
    /// - Parameter name: of the recording's file, as the page shows it.
    package static func html(_ scene: Scene, name: String) -> [UInt8] {
        let data = EmbeddedText.json(JSONValue.object(content(scene, name)).bytes())
        return page(
            [
                "policy": Array(policy.utf8), "style": style, "data": data, "script": script,
            ])
    }

    /// The page without a recording's data: what its size is bounded by.
    static var frameBytes: Int { template.count + style.count + script.count + policy.utf8.count }

    private static let template = PackageResources.trace_html
    private static let style = PackageResources.trace_css
    /// One script, because a page from a file may not import modules.
    private static let script =
        Array("\"use strict\";\n".utf8) + PackageResources.model_js + PackageResources.sky_js
        + PackageResources.map_js + PackageResources.lanes_js + PackageResources.trace_js

    private static let policy =
        "default-src 'none'; script-src \(EmbeddedText.policyHash(script)); "
        + "style-src \(EmbeddedText.policyHash(style)); base-uri 'none'; form-action 'none'"

    /// Fills the template's places, which are written `{{name}}`.
    private static func page(_ parts: KeyValuePairs<String, [UInt8]>) -> [UInt8] {
        var page: [UInt8] = []
        var rest = template[...]
        for (name, text) in parts {
            let mark = Array("{{\(name)}}".utf8)
            guard let place = rest.firstRange(of: mark) else {
                preconditionFailure("the template has no place for \(name) where it is expected")
            }
            page += rest[..<place.lowerBound]
            page += text
            rest = rest[place.upperBound...]
        }
        return page + rest
    }
}
