extension SlotReason {
    /// The reasons that this version gives. A new one is a case here, which asks for its phrase; the errors and verdicts that
    /// become reasons have their labels from here, or a test holds them to it.
    public enum Word: String, CaseIterable, Sendable {
        // Slots that nobody tended.
        case notRunning = "not_running"
        case busy
        case asleep
        case clockSet = "clock_set"
        /// Between the ledgers of two archives that were brought together.
        case betweenArchives = "between_archives"
        case cancelled
        case shutDown = "shut_down"

        // There is no picture.
        case noneAnnounced = "none_announced"
        case deleted
        case notPrinting = "not_printing"

        // It was seen before.
        case identical
        case near

        // The allowance.
        case ownStop = "own_stop"
        case ownersReserve = "owners_reserve"
        case serverRefused = "server_refused"
        case noReading = "no_reading"
        case pace
        case liveShare = "live_share"

        // The disk.
        case lowSpace = "low_space"
        case quota
        case full
        case locked

        // What came is no whole picture.
        case empty
        case notJPEG = "not_jpeg"
        case truncated
        case corruptStructure = "corrupt_structure"
        case corruptData = "corrupt_data"
        case incomplete
        case tooLarge = "too_large"
        case tooManyPixels = "too_many_pixels"
        case tooManyScans = "too_many_scans"
        case tooManyMarkers = "too_many_markers"
        case tooMuchMemory = "too_much_memory"
        case unsupportedPrecision = "unsupported_precision"
        case unsupportedLossless = "unsupported_lossless"
        case unsupportedHierarchical = "unsupported_hierarchical"
        case unsupportedHeight = "unsupported_height"
        case unsupportedComponents = "unsupported_components"
        case unsupportedSampling = "unsupported_sampling"
        case unsupportedCoding = "unsupported_coding"
        case cutShort = "cut_short"
        case compressed
        case html = "html_for_json"
        case notJSON = "not_json"
        case unexpectedJSON = "unexpected_json"

        // The server's statuses.
        case unauthorized
        case forbidden
        case notFound = "not_found"
        case tooManyRequests = "too_many_requests"
        case overCap = "over_cap"
        case printerOffline = "printer_offline"
        case printerTimeout = "printer_timeout"
        case tunnelsUnavailable = "tunnels_unavailable"
        case internalError = "internal_error"
        case badGateway = "bad_gateway"
        case serviceUnavailable = "service_unavailable"
        case gatewayTimeout = "gateway_timeout"
        case unexpectedStatus = "unexpected_status"
        case loginWanted = "login_wanted"
        case loginUnsupported = "login_unsupported"
        case loginMoved = "login_moved"

        // The way to it.
        case nameNotFound = "name_not_found"
        case connectionRefused = "connection_refused"
        case unreachable
        case descriptors
        case noAnswer = "no_answer"
        case notHTTP = "not_http"
        case wrongName = "tls_wrong_name"
        case expired = "tls_expired"
        case notYetValid = "tls_not_yet_valid"
        case untrusted = "tls_untrusted"
        case oldProtocol = "tls_old"
        case handshake = "tls_handshake"
        case certificateFile = "certificate_file"
        case snapshotOnLoopback = "snapshot_on_loopback"
        case snapshotOnPrivateNetwork = "snapshot_on_private_network"
        case redirectedElsewhere = "redirected_elsewhere"
        case redirectedToPlainHTTP = "redirected_to_plain_http"
        case tooManyRedirects = "too_many_redirects"

        // An address that is none, behind whose it is: `snapshot_not_absolute`.
        case tooLong = "too_long"
        case notAbsolute = "not_absolute"
        case unsupportedScheme = "unsupported_scheme"
        case ambiguousUserinfo = "ambiguous_userinfo"
        case badUserinfo = "bad_userinfo"
        case userinfoNotAllowed = "userinfo_not_allowed"
        case credentialsMissing = "credentials_missing"
        case noHost = "no_host"
        case badHost = "bad_host"
        case numericHost = "numeric_host"
        case badPort = "bad_port"
        case badCharacter = "bad_character"
        case pathNotAllowed = "path_not_allowed"
        case nowhere

        /// Half a sentence.
        public var phrase: String {
            switch self {
            case .notRunning: "the program was not running"
            case .busy: "the slot before was still busy"
            case .asleep: "the machine slept"
            case .clockSet: "the clock was set"
            case .betweenArchives: "between two archives"
            case .cancelled: "the request was cancelled"
            case .shutDown: "the program was ending"
            case .noneAnnounced: "none is announced"
            case .deleted: "deleted after the print"
            case .notPrinting: "the printer does not print"
            case .identical: "the same picture"
            case .near: "nearly the same picture"
            case .ownStop: "our own stop is reached"
            case .ownersReserve: "what is left is kept for its owner"
            case .serverRefused: "the server says that the month's allowance is used up"
            case .noReading: "the usage is not known"
            case .pace: "left out, so that the rest lasts until the reset"
            case .liveShare: "the share of live pictures is spent"
            case .lowSpace: "little space left"
            case .quota: "the archive is at its largest"
            case .full: "the disk is full"
            case .locked: "the archive was locked"
            case .empty: "nothing came"
            case .notJPEG: "not a JPEG"
            case .truncated: "cut short"
            case .corruptStructure: "damaged structure"
            case .corruptData: "damaged picture data"
            case .incomplete: "scans are missing"
            case .tooLarge: "too large"
            case .tooManyPixels: "too many pixels"
            case .tooManyScans: "too many scans"
            case .tooManyMarkers: "too many markers"
            case .tooMuchMemory: "it would take too much memory"
            case .unsupportedPrecision: "a precision that cannot be read"
            case .unsupportedLossless: "lossless coding, which cannot be read"
            case .unsupportedHierarchical: "hierarchical coding, which cannot be read"
            case .unsupportedHeight: "its height is not said where it must be"
            case .unsupportedComponents: "a number of components that cannot be read"
            case .unsupportedSampling: "a sampling that cannot be read"
            case .unsupportedCoding: "a coding that cannot be read"
            case .cutShort: "the connection ended too soon"
            case .compressed: "it came compressed"
            case .html: "a web page came instead of JSON"
            case .notJSON: "the answer is not JSON"
            case .unexpectedJSON: "the answer lacks what it should say"
            case .unauthorized: "the credentials are refused (401)"
            case .forbidden: "it is forbidden (403)"
            case .notFound: "not found (404)"
            case .tooManyRequests: "too many requests (429)"
            case .overCap: "over the cap (481)"
            case .printerOffline: "the printer is not connected (482)"
            case .printerTimeout: "no answer from the printer (483)"
            case .tunnelsUnavailable: "no tunnels offered (484)"
            case .internalError: "internal error (500)"
            case .badGateway: "bad gateway (502)"
            case .serviceUnavailable: "service unavailable (503)"
            case .gatewayTimeout: "no answer behind the gateway (504)"
            case .unexpectedStatus: "an unexpected status"
            case .loginWanted: "a user and a password are wanted"
            case .loginUnsupported: "an unknown kind of login is wanted"
            case .loginMoved: "the login belongs to another address"
            case .nameNotFound: "the host's name is not known"
            case .connectionRefused: "the connection was refused"
            case .unreachable: "no connection"
            case .descriptors: "too many open files"
            case .noAnswer: "no answer in time"
            case .notHTTP: "it does not speak HTTP"
            case .wrongName: "a certificate for another name"
            case .expired: "the certificate has expired"
            case .notYetValid: "the certificate is not valid yet"
            case .untrusted: "the certificate is not trusted"
            case .oldProtocol: "an old version of TLS"
            case .handshake: "TLS could not be agreed on"
            case .certificateFile: "the certificates' file cannot be read"
            case .snapshotOnLoopback: "the announced address is this machine"
            case .snapshotOnPrivateNetwork: "the announced address is in a private network"
            case .redirectedElsewhere: "redirected to somewhere else"
            case .redirectedToPlainHTTP: "redirected from https to http"
            case .tooManyRedirects: "too many redirects"
            case .tooLong: "too long"
            case .notAbsolute: "it begins with neither http:// nor https://"
            case .unsupportedScheme: "neither http nor https"
            case .ambiguousUserinfo: "more than one @ before its host"
            case .badUserinfo: "a user or password that cannot be read"
            case .userinfoNotAllowed: "a user or password where none belongs"
            case .credentialsMissing: "no user and password in it"
            case .noHost: "no host in it"
            case .badHost: "a host that is none"
            case .numericHost: "a number for a host"
            case .badPort: "a port that is none"
            case .badCharacter: "a character that does not belong in it"
            case .pathNotAllowed: "a path where none belongs"
            case .nowhere: "it leads nowhere"
            }
        }
    }
}
