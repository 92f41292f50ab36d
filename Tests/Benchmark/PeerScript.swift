/// What is written in a few lines by whoever wants their camera's pictures in a database: each is decoded, hashed, given a
/// difference hash and stored in a row of its own, in a transaction of its own.
///
/// It forgives what printlapse refuses, and does not wait for the disk at each commit (`synchronous=NORMAL`).
enum PeerScript: String, CaseIterable {
    case pillow
    case openCVGrey = "opencv-grey"
    case openCVReduced = "opencv-reduced"

    var name: String {
        switch self {
        case .pillow: "Pillow, dHash, sqlite3"
        case .openCVGrey: "OpenCV grey, dHash, sqlite3"
        case .openCVReduced: "OpenCV grey at 1/8, dHash, sqlite3"
        }
    }

    /// What has to be installed for it.
    static let packages = "Pillow opencv-python-headless numpy"

    /// Called with the way, the pictures' folder and the database; prints the seconds from the first file to the closed database.
    static let text = """
        import hashlib, io, os, sqlite3, sys, time
        way, folder, path = sys.argv[1:]
        if way == "pillow":
            from PIL import Image
        else:
            import cv2, numpy
            cv2.setNumThreads(1)
            flag = cv2.IMREAD_GRAYSCALE if way == "opencv-grey" else cv2.IMREAD_REDUCED_GRAYSCALE_8

        def cells(picture):
            if way == "pillow":
                image = Image.open(io.BytesIO(picture))
                return list(image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes())
            image = cv2.imdecode(numpy.frombuffer(picture, numpy.uint8), flag)
            return cv2.resize(image, (9, 8), interpolation=cv2.INTER_AREA).reshape(-1).tolist()

        begun = time.perf_counter()
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("CREATE TABLE frame (id INTEGER PRIMARY KEY, name TEXT, sha256 BLOB UNIQUE, hash INTEGER, jpeg BLOB)")
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as file:
                picture = file.read()
            cell, bits = cells(picture), 0
            for row in range(8):
                for column in range(8):
                    bits = bits << 1 | (cell[row * 9 + column] < cell[row * 9 + column + 1])
            if bits >= 1 << 63:
                bits -= 1 << 64
            database.execute("INSERT INTO frame (name, sha256, hash, jpeg) VALUES (?, ?, ?, ?)",
                (name, hashlib.sha256(picture).digest(), bits, picture))
        database.close()
        print(time.perf_counter() - begun)
        """
}
