import Gallery
import Vocabulary
import Yams

/// The settings of the gallery that a capture serves: each is one that `serve` has as a flag.
struct GalleryKeys {
    private let reader: YAMLReader

    init(_ reader: YAMLReader) { self.reader = reader }

    /// - Parameter node: a mapping, or an address alone.
    func rules(_ node: Node) throws(ConfigurationError) -> GalleryRules {
        var rules = GalleryRules()
        guard node.mapping != nil else {
            try take(.listen, try reader.scalar(node), of: node, in: &rules)
            return rules
        }
        let keys = try reader.mapping(node, allowed: GalleryOption.allCases.map(\.rawValue), of: "the gallery")
        for option in GalleryOption.allCases {
            guard let node = keys[option.rawValue] else { continue }
            switch option.form {
            case .truth: if try reader.truth(node) { try take(option, "", of: node, in: &rules) }
            case .text: try take(option, try reader.scalar(node), of: node, in: &rules)
            case .path: try take(option, reader.besideFile(try reader.scalar(node)), of: node, in: &rules)
            case .texts: for text in try reader.texts(node) { try take(option, text, of: node, in: &rules) }
            }
        }
        do throws(GalleryOptionError) { try rules.check() } catch {
            throw reader.problem(error.description, at: keys[error.option.rawValue] ?? node, hint: error.hint)
        }
        return rules
    }

    private func take(
        _ option: GalleryOption, _ text: String, of node: Node, in rules: inout GalleryRules
    ) throws(ConfigurationError) {
        do throws(GalleryOptionError) { try option.set(text, in: &rules) } catch {
            throw reader.problem(error.description, at: node, hint: error.hint)
        }
    }
}
