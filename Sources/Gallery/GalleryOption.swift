internal import Vocabulary

/// What one may say about how a gallery is served.
///
/// The flags of `serve` and the keys under a configuration's `gallery:` are both made of this, so that a capture serves what the
/// command does.
package enum GalleryOption: String, CaseIterable, Sendable {
    case listen
    case allowChanges = "allow_changes"
    case passwordFile = "password_file"
    case behindProxy = "behind_proxy"
    case host
    case certificate
    case key
    case cache
    case timelapses
    case metrics

    /// What stands behind it.
    package enum Form: Sendable {
        /// Yes or no; as a flag nothing.
        case truth
        case text
        /// A file or folder; one in a configuration counts from there.
        case path
        /// Any number of texts.
        case texts
    }

    package var form: Form {
        switch self {
        case .allowChanges, .metrics: .truth
        case .listen, .behindProxy, .cache: .text
        case .passwordFile, .certificate, .key, .timelapses: .path
        case .host: .texts
        }
    }

    /// As a flag of the command line, without its dashes.
    package var flag: String { rawValue.split(separator: "_").joined(separator: "-") }

    /// What stands behind it, in a word.
    package var valueName: String {
        switch self {
        case .listen: "host:port"
        case .allowChanges, .metrics: "yes|no"
        case .passwordFile, .certificate, .key: "path"
        case .behindProxy: "header"
        case .host: "name"
        case .cache: "size"
        case .timelapses: "folder"
        }
    }

    package var help: String {
        switch self {
        case .listen: "Where to listen (default: \(GalleryAddress.standard))."
        case .allowChanges: "Let visitors mark frames, and make and delete timelapses."
        case .passwordFile: "What knows the password (default: the file that “serve --set-password” writes)."
        case .behindProxy: "Stand behind a proxy that names whom it let in by this header, such as X-Forwarded-User."
        case .host: "A name under which it may be asked for, besides its own; repeat for more."
        case .certificate: "The certificate's chain for https, PEM."
        case .key: "The certificate's key, PEM."
        case .cache: "The most that is kept of small pictures in memory (default: 64MiB)."
        case .timelapses: "Where timelapses are made (default: the folder “timelapses” beside the archive)."
        case .metrics: "Answer /metrics (for Prometheus) and /healthz, without asking for the password."
        }
    }

    /// Takes in what was said; of ``Form/truth`` that it is so.
    package func set(_ text: String = "", in rules: inout GalleryRules) throws(GalleryOptionError) {
        switch self {
        case .listen:
            guard let address = GalleryAddress(text) else {
                throw GalleryOptionError(
                    self, "“\(text.shown)” is no address", hint: "Write 8484, 0.0.0.0:8484 or [::1]:8484.")
            }
            rules.address = address
        case .allowChanges: rules.allowsChanges = true
        case .metrics: rules.servesMetrics = true
        case .passwordFile: rules.passwordFile = text
        case .behindProxy:
            guard !text.isEmpty, text.utf8.allSatisfy(\.isOfToken) else {
                throw GalleryOptionError(
                    self, "“\(text.shown)” is no header's name", hint: "Write one such as X-Forwarded-User.")
            }
            rules.proxyHeader = text
        case .host: rules.hosts.append(text)
        case .certificate: rules.certificate = text
        case .key: rules.key = text
        case .cache:
            do throws(VocabularyError) {
                rules.cacheSize = try ByteCount(parsing: text)
            } catch {
                throw GalleryOptionError(self, error.description, hint: error.hint)
            }
        case .timelapses: rules.timelapsesFolder = text
        }
    }
}

extension UInt8 {
    /// Of a token (RFC 9110, section 5.6.2), as the names of headers are.
    fileprivate var isOfToken: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
