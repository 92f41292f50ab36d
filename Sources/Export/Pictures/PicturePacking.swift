/// In what the frames' pictures are put where they stay pictures.
enum PicturePacking: Hashable, Sendable { case folder, zip, tar }
