package import HTTP

extension AddressRole {
    /// Of a camera that has an address of its own.
    package static let camera = AddressRole(
        "camera", subject: "The camera's address",
        hint:
            "Give the address of a single JPEG, such as http://HOST/webcam/?action=snapshot, with special characters percent-encoded (@ in a password is %40)."
    )
}

extension Respondent {
    /// A camera that has an address of its own.
    static let camera = Respondent("The camera") { status in
        switch status {
        case .unauthorized, .forbidden:
            "Put the camera's user and password into its address, percent-encoded: http://USER:PASSWORD@HOST/…"
        case .notFound:
            "Check the path of the camera's address: it must lead to a single JPEG, not to a page or a stream."
        case .tooManyRequests: "Use a longer interval, or fewer programs with this account."
        case .gatewayTimeout: "Check that OctoPrint runs and answers on the printer's computer."
        case .internalError, .serviceUnavailable, .badGateway:
            "Nothing to do here: captures resume when the server works again."
        case .unexpected:
            "Check that the address is right and that no proxy or login page stands in between."
        }
    }
}
