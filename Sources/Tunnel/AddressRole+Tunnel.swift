package import HTTP

extension AddressRole {
    package static let endpoint = AddressRole(
        "endpoint", subject: "The tunnel's endpoint",
        hint:
            "Paste what the server showed after the authorization: https://USER:PASSWORD@HOST, or the whole address with “tunnel_endpoint=” in it."
    )

    package static let server = AddressRole(
        "server", subject: "The server's address",
        hint: "Give the address at which you sign in, such as https://app.obico.io or http://192.168.1.5:3334.")

    static let request = AddressRole(
        "request", subject: "The path of the request", hint: "Write a path such as /api/version, percent-encoded.")
}
