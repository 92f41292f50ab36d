internal import Foundation
internal import NIOSSL

/// A key and a certificate that signs itself, made by the `openssl` program.
package struct ServerIdentity: Sendable {
    /// The certificate and its key in PEM form; a client can be told to trust the one.
    package let certificateFile: String
    package let keyFile: String
    /// Whether it speaks no TLS newer than 1.1.
    package var isOld = false

    /// - Parameters:
    ///   - folder: where the files go, one of its own for each identity.
    ///   - name: a subject alternative name such as `IP:127.0.0.1` or `DNS:example.org`.
    ///   - validity: the first and the last day, in years; the present year and its neighbours make a valid one.
    package init(in folder: TemporaryFolder, name: String, validity: ClosedRange<Int> = 2020...2049) throws {
        let base = folder.url.path
        (certificateFile, keyFile) = ("\(base)/certificate.pem", "\(base)/key.pem")
        // “openssl req” makes no certificates that have expired, “openssl ca” does, and wants a little register for it.
        let configuration = """
            [ca]
            default_ca = register
            [register]
            database = \(base)/index
            serial = \(base)/serial
            new_certs_dir = \(base)
            default_md = sha256
            policy = anything
            x509_extensions = extensions
            [anything]
            commonName = supplied
            [extensions]
            subjectAltName = \(name)
            """
        try configuration.write(toFile: "\(base)/openssl.cnf", atomically: true, encoding: .utf8)
        try "".write(toFile: "\(base)/index", atomically: true, encoding: .utf8)
        try "01".write(toFile: "\(base)/serial", atomically: true, encoding: .utf8)
        try Self.openssl(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", keyFile, "-out", "\(base)/request.pem", "-subj", "/CN=Scripted")
        try Self.openssl(
            "ca", "-batch", "-selfsign", "-notext", "-config", "\(base)/openssl.cnf", "-keyfile",
            keyFile,
            "-in", "\(base)/request.pem", "-out", certificateFile,
            "-startdate", "\(validity.lowerBound)0101000000Z", "-enddate", "\(validity.upperBound)0101000000Z")
    }

    struct Failure: Error { let status: Int32 }

    var configuration: TLSConfiguration {
        get throws {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem)))
            if isOld { (configuration.minimumTLSVersion, configuration.maximumTLSVersion) = (.tlsv1, .tlsv11) }
            return configuration
        }
    }

    private static func openssl(_ arguments: String...) throws {
        let program = Process()
        program.executableURL = URL(filePath: "/usr/bin/env")
        program.arguments = ["openssl"] + arguments
        program.standardOutput = FileHandle.nullDevice
        program.standardError = FileHandle.nullDevice
        try program.run()
        program.waitUntilExit()
        guard program.terminationStatus == 0 else { throw Failure(status: program.terminationStatus) }
    }
}
