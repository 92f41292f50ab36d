import ArgumentParser
import Catalog
import Foundation
import Gallery
import Vocabulary

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract:
            "Open the gallery: the cameras as they are now, prints, timelines and a player, as a page for a browser.",
        usage: "printlapse serve [<options>]",
        discussion: """
            The page shows what the archive has, live while something captures, and plays any print at once. It is served to this \
            machine alone, unless --listen says otherwise: then a password is needed, or a proxy that lets people in. With \
            --allow-changes visitors may mark frames and make timelapses.

            Examples:
              printlapse serve
              printlapse serve --allow-changes --listen 8484
              printlapse serve --set-password
              printlapse serve --listen 0.0.0.0:8484 --certificate chain.pem --key key.pem
            """)

    @Option(
        help: ArgumentHelp("Where to listen (default: \(GalleryAddress.standard)).", valueName: "host:port"),
        transform: { text in
            guard let address = GalleryAddress(text) else {
                throw ValidationError("“\(text.shown)” is no address; write 8484, 0.0.0.0:8484 or [::1]:8484.")
            }
            return address
        })
    var listen: GalleryAddress?

    @Flag(help: "Let visitors mark frames, and make and delete timelapses.")
    var allowChanges = false

    @Flag(help: "Ask for a new password at the terminal, keep what is needed to know it again, and end.")
    var setPassword = false

    @Flag(help: "Take the password away, and end.")
    var removePassword = false

    @Option(
        help: ArgumentHelp(
            "Stand behind a proxy that names whom it let in by this header, such as X-Forwarded-User.",
            valueName: "header"))
    var behindProxy: String?

    @Option(
        name: .customLong("host"),
        help: ArgumentHelp(
            "A name under which it may be asked for, besides its own; repeat for more.", valueName: "name"))
    var hosts: [String] = []

    @Option(help: ArgumentHelp("The certificate's chain for https, PEM.", valueName: "path"), completion: .file())
    var certificate: String?

    @Option(help: ArgumentHelp("The certificate's key, PEM.", valueName: "path"), completion: .file())
    var key: String?

    @Option(
        help: ArgumentHelp("The most that is kept of small pictures in memory (default: 64MiB).", valueName: "size"),
        transform: Word.size)
    var cache: ByteCount?

    @Option(
        help: ArgumentHelp(
            "Where timelapses are made (default: the folder “timelapses” beside the archive).", valueName: "folder"),
        completion: .directory)
    var timelapses: String?

    @Option(help: ArgumentHelp("Take the pages' files from this folder.", valueName: "folder", visibility: .hidden))
    var assets: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !(setPassword && removePassword) else {
            throw ValidationError("--set-password and --remove-password contradict each other.")
        }
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key go together.")
        }
    }

    func run() async throws {
        let store = GalleryPassword()
        if removePassword { return try store.remove() }
        if setPassword { return try await store.ask() }
        let settings = try settings(store)
        let catalog = try Catalog.open(at: common.archive.path)
        let folder = timelapses ?? URL(filePath: catalog.path).deletingLastPathComponent().path + "/timelapses"
        let program = try ServedProgram(catalog, common, timelapses: folder)
        let isQuiet = common.messages.quiet
        let scheme = certificate == nil ? "http" : "https"
        if !settings.address.isLoopback, certificate == nil {
            StandardError.sentence(
                "Other machines reach it, and what they send, the password too, is not encrypted: --certificate and --key, or a "
                    + "proxy, do that.")
        }
        let server = GalleryServer(of: catalog, settings, program: program) { address in
            if !isQuiet {
                StandardError.write("The gallery is at \(scheme)://\(address.forBrowsers)/\nEnd it with Ctrl-C.")
            }
        }
        do {
            try await runService(server, grace: .seconds(5), isQuiet: true)
        } catch GalleryServerError.cannotListen(let address, let reason) {
            throw CommandError(
                "nothing can listen at \(address): \(reason)", hint: "Name another address with --listen.",
                label: "listen", status: .wrong)
        } catch GalleryServerError.certificate(let path, let reason) {
            throw CommandError(
                "the certificate of \(path) cannot be used: \(reason)",
                hint: "Name a chain and its key, both PEM, with --certificate and --key.", label: "certificate")
        }
    }

    private func settings(_ store: GalleryPassword) throws -> GallerySettings {
        var settings = GallerySettings()
        settings.address = listen ?? .standard
        settings.allowsChanges = allowChanges
        settings.password = try store.read()
        settings.proxyHeader = behindProxy
        settings.hosts = hosts
        if let certificate, let key { settings.certificate = (certificate, key) }
        if let cache { settings.cacheSize = cache }
        settings.assetsFolder = assets
        settings.onTrouble = { StandardError.sentence("printlapse: \($0)") }
        guard settings.address.isLoopback || settings.password != nil || behindProxy != nil else {
            throw CommandError(
                "\(settings.address.host) can be reached from other machines, and the gallery has no password",
                hint:
                    "“printlapse serve --set-password” gives it one; behind a proxy that lets people in, say --behind-proxy."
            )
        }
        return settings
    }
}

extension GalleryAddress {
    /// As a browser on this machine finds it.
    fileprivate var forBrowsers: GalleryAddress {
        ["0.0.0.0", "::"].contains(host) ? GalleryAddress(host: "localhost", port: port) : self
    }
}
