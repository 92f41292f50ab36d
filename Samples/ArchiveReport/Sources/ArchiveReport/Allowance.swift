import Foundation
import HTTP
import Tunnel
import Vocabulary

/// What a tunnel tells of its month's allowance, and of its printer's webcam.
struct Allowance {
    let client: TunnelClient
    let connections = HTTPConnections()

    /// The endpoint holds a password. `TunnelEndpoint` never prints it.
    init(of endpoint: String) throws {
        client = TunnelClient(endpoint: try TunnelEndpoint(parsing: endpoint), transport: connections)
    }

    func printUsage() async {
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        do throws(TunnelError) {
            let usage = try await client.usage(at: now)
            let cap = usage.monthlyCap.map { "of \($0)" } ?? "(unlimited)"
            print("allowance of \(client.endpoint): used \(usage.total) \(cap) until \(usage.resetAt)")
        } catch {
            print("allowance of \(client.endpoint): \(error.description)\n  \(error.hint)")
        }
    }

    func printPicture() async {
        do throws(TunnelError) {
            switch try await client.webcam() {
            case .picture(let url):
                let picture = try await client.picture(at: url)
                print("announced picture: \(picture.readableBytes) bytes, \(url)")
            case .none:
                print("announced picture: none")
            }
        } catch {
            print("announced picture: \(error.description)\n  \(error.hint)")
        }
    }
}
